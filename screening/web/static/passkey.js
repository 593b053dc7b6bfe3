// Asks the browser for a passkey and sends its answer as a form, like any other.
// Without script, or without passkeys, the form stays hidden and nothing is missing.

// The names of values that are bytes; on a page they are text, base64url.
const BYTES = ["challenge", "id"];

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function withBytes(part) {
  const found = { ...part };
  for (const name of BYTES) {
    if (name in found) found[name] = toBytes(found[name]);
  }
  return found;
}

async function asked(form) {
  const options = withBytes(JSON.parse(form.dataset.options));
  if (form.dataset.passkey === "new") {
    options.user = withBytes(options.user);
    options.excludeCredentials = options.excludeCredentials.map(withBytes);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = options.allowCredentials.map(withBytes);
  return navigator.credentials.get({ publicKey: options });
}

function answer(credential) {
  const said = credential.response;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData",
    "signature", "userHandle"];
  const response = {};
  for (const name of names) {
    if (said[name]) response[name] = toText(said[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
  });
}

function offer(form) {
  const fault = form.querySelector("[data-fault]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    fault.textContent = "";
    try {
      form.elements.answer.value = answer(await asked(form));
    } catch (error) {
      fault.textContent = error.name === "InvalidStateError"
        ? form.dataset.there : form.dataset.fault;
      return;
    }
    form.submit();
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach(offer);
  document.querySelectorAll("[data-without-passkeys]").forEach((one) => one.remove());
}

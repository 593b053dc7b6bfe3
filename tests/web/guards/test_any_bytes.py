from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.conftest import secure_client

PATHS = ("/help", "/probe/form", "/probe/stop/404", "/static/screening.js", "/nowhere")
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "",
    "x",
)
FORM_SIGNS = st.lists(
    st.one_of(
        st.sampled_from([b"&", b"=", b"%", b"+", b";", b"q-a"]), st.binary(max_size=9)
    )
).map(b"".join)


@settings(max_examples=150)
@given(
    path=st.sampled_from(PATHS),
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH"]),
    kind=st.sampled_from(KINDS),
    body=st.one_of(st.binary(max_size=400), FORM_SIGNS),
)
def test_no_bytes_posted_anywhere_are_a_fault(app, path, method, kind, body):
    client = secure_client(app)

    response = client.open(path, method=method, data=body, content_type=kind)

    assert response.status_code < 500


@settings(max_examples=150)
@given(path=st.binary(max_size=60), query=st.binary(max_size=60))
def test_no_address_is_a_fault(app, path, query):
    client = secure_client(app)

    response = client.get(
        "/",
        environ_overrides={
            "PATH_INFO": "/" + path.decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
        },
    )

    assert response.status_code < 500

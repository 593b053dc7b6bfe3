// Holds every PDF of a folder to PDF/UA-1 and PDF/A-3a with veraPDF.
//
// java -cp ... Check.java FOLDER prints, for each file and standard, a line
//   file TAB standard TAB kept
// or, for each rule that is broken,
//   file TAB standard TAB clause TAB what is wrong

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

public class Check {
  private static final Map<PDFAFlavour, String> STANDARDS =
      new TreeMap<>(Map.of(PDFAFlavour.PDFUA_1, "PDFUA-1", PDFAFlavour.PDFA_3_A, "PDFA-3A"));

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.filter(path -> path.toString().endsWith(".pdf")).sorted().toList();
    }
    for (var standard : STANDARDS.entrySet()) {
      ValidationProfile profile = profile(standard.getValue());
      for (Path file : files) {
        hold(file, standard.getKey(), standard.getValue(), profile);
      }
    }
  }

  private static ValidationProfile profile(String name) throws Exception {
    String place = "org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream opened = Check.class.getClassLoader().getResourceAsStream(place)) {
      return Profiles.profileFromXml(opened);
    }
  }

  private static void hold(
      Path file, PDFAFlavour flavour, String standard, ValidationProfile profile)
      throws Exception {
    String start = file.getFileName() + "\t" + standard + "\t";
    try (InputStream opened = Files.newInputStream(file);
        var parser = Foundries.defaultInstance().createParser(opened, flavour);
        var validator = Foundries.defaultInstance().createValidator(profile, false)) {
      var result = validator.validate(parser);
      if (result.isCompliant()) {
        System.out.println(start + "kept");
        return;
      }
      Map<String, String> broken = new TreeMap<>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() == TestAssertion.Status.FAILED) {
          broken.put(one.getRuleId().getClause(), one.getMessage());
        }
      }
      broken.forEach((clause, what) -> System.out.println(start + clause + "\t" + what));
    }
  }
}

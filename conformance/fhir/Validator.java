// Validates FHIR R4 resources with HAPI FHIR. Standard input: a resource a line; StructureDefinitions among them count for the others.
// Standard output: for each line a JSON array of what is wrong, as {"severity", "place", "says"}.
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.StructureDefinition;

public class Validator {
  public static void main(String[] arguments) throws Exception {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) lines.add(line);

    FhirContext context = FhirContext.forR4();
    PrePopulatedValidationSupport given = new PrePopulatedValidationSupport(context);
    for (String line : lines)
      if (line.startsWith("{\"resourceType\":\"StructureDefinition\"")) {
        StructureDefinition definition = context.newJsonParser().parseResource(StructureDefinition.class, line);
        if (definition.hasUrl()) given.addStructureDefinition(definition);
      }
    FhirInstanceValidator module =
        new FhirInstanceValidator(
            new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                given,
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new SnapshotGeneratingValidationSupport(context)));
    // Profiles of implementation guides are not at hand: those that resources claim are looked at by other tests.
    module.setErrorForUnknownProfiles(false);
    FhirValidator validator = context.newValidator().registerValidatorModule(module);

    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line : lines) {
      List<String> found = new ArrayList<>();
      for (SingleValidationMessage message : validator.validateWithResult(line).getMessages())
        found.add(
            "{\"severity\":" + text(message.getSeverity().getCode())
                + ",\"place\":" + text(message.getLocationString())
                + ",\"says\":" + text(message.getMessage()) + "}");
      out.println("[" + String.join(",", found) + "]");
    }
  }

  private static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (char each : (value == null ? "" : value).toCharArray()) {
      boolean isPlain = each >= ' ' && each < 127 && each != '"' && each != '\\';
      json.append(isPlain ? String.valueOf(each) : String.format("\\u%04x", (int) each));
    }
    return json.append('"').toString();
  }
}

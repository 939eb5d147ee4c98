package io.consentry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consentry.catalogue.Catalogue;
import io.consentry.kernel.AttributeName;
import io.consentry.requirement.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client may be registered for asking of its people's sign-in. */
class SignInRegistrationTest {

    private static final RegistrationChecks SANDBOX = new RegistrationChecks(new Catalogue(), true);

    @Test
    void aClientAsksForNothingUnlessItSaysSo() throws Exception {
        assertThat(accepted(ExampleClient.named("bank")).signIn()).isEqualTo(SignInPolicy.NONE);
    }

    @Test
    void everythingThatIsAskedForIsRegistered() throws Exception {
        SignInPolicy signIn = accepted(login().with(
                                "allowed_acr_values", ExampleClient.tree("[\"urn:singpass:authentication:loa:3\"]"))
                        .with("default_max_age", ExampleClient.tree("0"))
                        .with("app_launch_urls", ExampleClient.tree("[\"https://app.bank.example/back\"]")))
                .signIn();

        assertThat(signIn.acrValues()).containsExactly("urn:singpass:authentication:loa:3");
        assertThat(signIn.defaultMaxAge()).hasValue(0);
        assertThat(signIn.appLaunchUrls()).hasToString("[https://app.bank.example/back]");
        assertThat(signIn.isLogin()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowed_acr_values|[\"urn:singpass:authentication:loa:1\"]|allowed_acr_values: has urn:singpass",
                "allowed_acr_values|\"urn:singpass:authentication:loa:2\"|allowed_acr_values: must be an array",
                "default_max_age|\"60\"|default_max_age: must be a whole number",
                "default_max_age|-1|default_max_age: must be a whole number",
                "default_max_age|1.5|default_max_age: must be a whole number",
                "default_max_age|99999999999|default_max_age: must be a whole number",
                "authentication_context_types|[\"BANK_ROBBERY\"]|authentication_context_types: has BANK_ROBBERY",
                "authentication_context_types|[1]|authentication_context_types: must be an array of strings",
                "app_launch_urls|[\"http://bank.example/back\"]|app_launch_urls: must be https",
                "app_launch_urls|[\"bank://back\"]|app_launch_urls: must be https",
            })
    @Requirement("SINGPASS-PAR-ACR")
    void aRefusalNamesTheMember(String member, String value, String message) {
        refused(ExampleClient.named("bank").with(member, ExampleClient.tree(value)), message);
    }

    @Test
    @Requirement("SINGPASS-ID-TOKEN")
    void whatALoginClientLearnsComesEncryptedOrNotAtAll() throws Exception {
        refused(login().without("id_token_encrypted_response_alg"), "id_token_encrypted_response_alg: is missing");

        assertThat(accepted(login()).idToken().isEncrypted()).isTrue();
    }

    @Test
    void aLoginClientLearnsWhoSomebodyIsAndNothingElse() throws Exception {
        refused(login().with("scope", "openid user.identity dob"), "scope: has dob");
        refused(login().with("scope", "openid uinfin"), "scope: has uinfin");
        refused(login().with("scope", "user.identity name"), "scope: lacks openid");

        RegisteredClient client = accepted(login());
        assertThat(client.scope()).extracting(AttributeName::value).containsExactly("uinfin", "name");
        assertThat(client.attributesOf("user.identity"))
                .extracting(AttributeName::value)
                .containsExactly("uinfin");
        assertThat(client.attributesOf("openid")).isEmpty();
    }

    @Test
    void theIdentityOfOtherClientsPeopleIsNoAttribute() throws Exception {
        RegisteredClient client = accepted(ExampleClient.named("bank")
                .with("scope", "openid user.identity name")
                .without("optional_scope"));

        assertThat(client.attributesOf("user.identity")).isEmpty();
        assertThat(client.scope()).extracting(AttributeName::value).containsExactly("name");
    }

    private static ExampleClient login() {
        return ExampleClient.named("login")
                .with("scope", "openid user.identity name")
                .without("optional_scope")
                .with("id_token_encrypted_response_alg", "ECDH-ES+A256KW")
                .with("authentication_context_types", ExampleClient.tree("[\"APP_AUTHENTICATION_DEFAULT\"]"));
    }

    private static RegisteredClient accepted(ExampleClient example) throws RefusedException {
        return SANDBOX.check(ClientMetadata.read(example.json()));
    }

    private static void refused(ExampleClient example, String message) {
        RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> accepted(example));
        assertThat(refusal).hasMessageStartingWith(message);
    }
}

namespace PrivacyFunctions.Tests.Infra;

/// <summary>
/// infra compiles and passes the linter without a word from either, and the templates it becomes keep this project's rules. Each
/// rule is shown to bite on the real files with one thing broken.
/// </summary>
public class InfraTests
{
    private const string Main = "main.bicep";
    private const string App = "modules/function-app.bicep";
    private const string Plan = "modules/plan.bicep";
    private const string Storage = "modules/storage.bicep";
    private const string Access = "modules/storage-access.bicep";
    private const string Vault = "modules/key-vault.bicep";
    private const string Insights = "modules/application-insights.bicep";
    private const string Workspace = "modules/log-analytics.bicep";

    // So that our own rules are seen to bite, not the linter's of the same kind.
    private static readonly Change WithoutLinter = new("bicepconfig.json", "\"enabled\": true", "\"enabled\": false");

    [BicepFact]
    public async Task Infra_HasNoMistakes()
    {
        var compilation = await Infrastructure.CompiledAsync();

        Assert.Equal("", string.Join('\n', MistakesIn(compilation)));
        Assert.NotNull(compilation.Main);
    }

    [BicepTheory]
    [InlineData(Main, "modules/plan.bicep", "modules/plans.bicep", "main.bicep(197): Error BCP091")]
    [InlineData(Main, "    planId: plan.outputs.id\n", "", "Error BCP035")]
    [InlineData(Main, "    planId:", "    plan: ''\n    planId:", "Error BCP037")]
    [InlineData(Main, "plan.outputs.id", "plan.outputs.planId", "Error BCP053")]
    [InlineData(Main, "toLower(", "lower(", "Error BCP057")]
    [InlineData(Plan, "'FC1'", "'FC1", "modules/plan.bicep(18): Error BCP004")]
    [InlineData(Plan, "reserved: true", "reserve: true", "Warning BCP089")]
    [InlineData(Plan, "reserved: true", "reserved: 'yes'", "Warning BCP036")]
    [InlineData(Plan, "  tags: tags\n", "", "no-unused-params")]
    [InlineData(Main, "var tags =", "var spare = ''\nvar tags =", "no-unused-vars")]
    [InlineData(Main, "param pepper string?", "param pepper string = 'x'", "secure-parameter-default")]
    [InlineData(Storage, "string = account.name", "string = account.listKeys().keys[0].value", "should-not-contain-secrets")]
    [InlineData(Main, "param mailFrom string", "param mailFrom int", "snapshot/example.bicepparam(7): Error BCP033")]
    [InlineData(Plan, "@description('Tags of the resource.')\n", "", "param 'tags' is not described")]
    [InlineData(Main, "companySystem[] = []", "object[] = []", "type 'companySystem' is never used")]
    public Task Names_ThatDoNotFit_AreFound(string file, string right, string wrong, string mistake) =>
        AssertFoundAsync(mistake, new Change(file, right, wrong));

    [BicepTheory]
    [InlineData(Storage, "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "allowSharedKeyAccess: false")]
    [InlineData(Storage, "    allowSharedKeyAccess: false\n", "", "allowSharedKeyAccess: false")]
    [InlineData(Storage, "allowBlobPublicAccess: false", "allowBlobPublicAccess: true", "allowBlobPublicAccess: false")]
    [InlineData(Storage, "'TLS1_2'", "'TLS1_0'", "minimumTlsVersion: TLS1_2")]
    [InlineData(Storage, "publicAccess: 'None'", "publicAccess: 'Blob'", "publicAccess: None")]
    [InlineData(Storage, "isVersioningEnabled: false", "isVersioningEnabled: true", "isVersioningEnabled: false")]
    [InlineData(Storage, "      enabled: false", "      enabled: true", " deleteRetentionPolicy/enabled: false")]
    [InlineData(Storage, "      enabled: false", "      enabled: true", "containerDeleteRetentionPolicy/enabled: false")]
    [InlineData(Vault, "enableRbacAuthorization: true", "enableRbacAuthorization: false", "enableRbacAuthorization: true")]
    [InlineData(Vault, "enablePurgeProtection: true", "enablePurgeProtection: null", "enablePurgeProtection: true")]
    [InlineData(Vault, "InDays: 90", "InDays: 7", "softDeleteRetentionInDays: 90")]
    [InlineData(Insights, "DisableLocalAuth: true", "DisableLocalAuth: false", "DisableLocalAuth: true")]
    [InlineData(Workspace, "disableLocalAuth: true", "disableLocalAuth: false", "features/disableLocalAuth: true")]
    [InlineData(App, "httpsOnly: true", "httpsOnly: location == 'northeurope'", "httpsOnly: true")]
    [InlineData(App, "ftpsState: 'Disabled'", "ftpsState: 'FtpsOnly'", "siteConfig/ftpsState: Disabled")]
    [InlineData(App, "version: '10.0'", "version: '9.0'", "functionAppConfig/runtime/version: 10.0")]
    [InlineData(App, "allow: false", "allow: true", "allow: false")]
    [InlineData(Vault, "@onlyIfNotExists()\n", "", "would replace the pepper")]
    [InlineData(Vault, "@secure()\nparam pepper", "param pepper", "keyVault: 'pepper' is a secret and not @secure()")]
    [InlineData(Vault, "@secure()\nparam pepper", "param pepper", "main: secret 'pepper' reaches /resources/keyVault/")]
    [InlineData(Access, "roleIds[role]", "'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'", "a role by its id")]
    [InlineData(Main, "param pepper string?", "param pepper string = 'x'", "secret 'pepper' has a default")]
    [InlineData(Main, "Privacy__PepperVersion: '1'", "Privacy__PepperVersion: pepper", "secret 'pepper' reaches /resources/app/")]
    [InlineData(Main, "'azd-env-name': environmentName", "'azd-env-name': pepper!", "secret 'pepper' reaches /variables/tags")]
    [InlineData(Main, "string = group.name", "string = '${pepper}'", "secret 'pepper' reaches /outputs/AZURE_RESOURCE")]
    [InlineData(Main, "output AZURE_RESOURCE_GROUP", "@secure()\noutput AZURE_GROUP", "output 'AZURE_GROUP' is a secret")]
    [InlineData(Vault, "'API key with the right to send mail, and no other'", "sendGridApiKey", "properties/contentType")]
    [InlineData(Storage, "string = account.name", "string = account.listKeys().keys[0].value", "hands out a key")]
    [InlineData(Storage, "string = account.name", "string = 'AccountName=a;AccountKey=b'", "hands out a key")]
    public Task Doors_ThatOpen_AreFound(string file, string right, string wrong, string mistake) =>
        AssertFoundAsync(mistake, new(file, right, wrong), WithoutLinter);

    [BicepFact]
    public async Task Modules_AreUsed_OrFound()
    {
        Assert.Empty(await Infrastructure.UnusedModulesAsync());
        Assert.Equal(
            [Plan],
            await Infrastructure.UnusedModulesAsync(new Change(Main, "'modules/plan.bicep'", "'modules/identity.bicep'")));
    }

    private static async Task AssertFoundAsync(string mistake, params Change[] changes)
    {
        var mistakes = MistakesIn(await Infrastructure.CompileAsync(changes));

        Assert.True(
            mistakes.Exists(found => found.Contains(mistake, StringComparison.Ordinal)),
            string.Join('\n', ["Found:", .. mistakes]));
    }

    private static List<string> MistakesIn(Compilation compilation) => compilation.Main is not { } main
        ? [.. compilation.Diagnostics]
        : [.. compilation.Diagnostics, .. Doors.Mistakes(main), .. Secrets.Mistakes(main), .. Notes.Mistakes(main)];
}

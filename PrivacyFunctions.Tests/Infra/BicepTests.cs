namespace PrivacyFunctions.Tests.Infra;

/// <summary>
/// No Bicep compiler can be had where this is built, so a small reader looks for what it would refuse; the workflow on GitHub
/// compiles. Each rule is shown to bite on the real files with one thing broken.
/// </summary>
public class BicepTests
{
    private const string Main = "main.bicep";
    private const string App = "modules/function-app.bicep";
    private const string Plan = "modules/plan.bicep";
    private const string Storage = "modules/storage.bicep";
    private const string Access = "modules/storage-access.bicep";
    private const string Vault = "modules/key-vault.bicep";
    private const string Insights = "modules/application-insights.bicep";

    [Fact]
    public void Infra_HasNoMistakes()
    {
        Assert.Contains(Main, InfraFolder.Bicep.Keys);
        Assert.Empty(Mistakes(InfraFolder.Bicep));
    }

    [Theory]
    [InlineData(Main, "modules/plan.bicep", "modules/plans.bicep", "module 'plan' is not there: modules/plans.bicep")]
    [InlineData(Main, "    planId: plan.outputs.id\n", "", "module 'app' needs 'planId'")]
    [InlineData(Main, "'modules/plan.bicep'", "'modules/identity.bicep'", "modules/plan.bicep: nobody uses it")]
    [InlineData(Plan, "@description('Tags of the resource.')\n", "", "param 'tags' is not described")]
    [InlineData(Plan, "reserved: true", "reserved: yes", "'yes' is not declared")]
    [InlineData(Main, "    planId:", "    plan: ''\n    planId:", "module 'app' has no parameter 'plan'")]
    [InlineData(Main, "plan.outputs.id", "plan.outputs.planId", "module 'plan' has no output 'planId'")]
    [InlineData(Main, "'rg-${environmentName}'", "'rg-${environment}'", "'environment' is not declared")]
    [InlineData(Main, "toLower(", "lower(", "'lower' is not declared")]
    [InlineData(Main, "dependsOn: [hostAccess,", "dependsOn: [hostRoles,", "'hostRoles' is not declared")]
    [InlineData(Main, "for source in sources: {", "for one in sources: {", "'source' is not declared")]
    [InlineData(Main, "companySystem[]", "systems[]", "'systems' is not declared")]
    [InlineData(Main, "retentionDays: telemetryDays", "retentionDays: 30", "param 'telemetryDays' is never used")]
    [InlineData(Main, "var tags =", "var token = ''\nvar tags =", "'token' is declared 2 times")]
    [InlineData(Plan, "  tags: tags\n", "", "param 'tags' is never used")]
    [InlineData(Access, "roleIds[role]", "roles[role]", "var 'roleIds' is never used")]
    [InlineData(Access, "scope: account\n", "", "is never used", "guid(account.id, ", "guid(")]
    [InlineData(Plan, "reserved: true\n  }", "reserved: true\n", "'{' is never closed")]
    [InlineData(Plan, "'FC1'", "'FC1", "a string is not ended")]
    [InlineData(Plan, "tags object", "tags object)", "')' closes nothing")]
    [InlineData(Plan, "output id", "outputs id", "'outputs' begins no statement")]
    public void Names_ThatDoNotFit_AreFound(
        string file, string right, string wrong, string mistake, string alsoRight = "", string alsoWrong = "") =>
        Assert.Contains(
            MistakesWith(file, right, wrong, alsoRight, alsoWrong), found => found.Contains(mistake, StringComparison.Ordinal));

    [Theory]
    [InlineData(Storage, "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "allowSharedKeyAccess: false")]
    [InlineData(Storage, "    allowSharedKeyAccess: false\n", "", "allowSharedKeyAccess: false")]
    [InlineData(Storage, "'TLS1_2'", "'TLS1_0'", "minimumTlsVersion: TLS1_2")]
    [InlineData(Storage, "publicAccess: 'None'", "publicAccess: 'Blob'", "publicAccess: None")]
    [InlineData(Vault, "enablePurgeProtection: true", "enablePurgeProtection: null", "enablePurgeProtection")]
    [InlineData(Insights, "DisableLocalAuth: true", "DisableLocalAuth: false", "DisableLocalAuth: true")]
    [InlineData(App, "httpsOnly: true", "httpsOnly: false", "httpsOnly: true")]
    [InlineData(App, "allow: false", "allow: true", "allow: false")]
    [InlineData(Vault, "@onlyIfNotExists()\n", "", "would replace the pepper")]
    [InlineData(Vault, "@secure()\nparam pepper", "param pepper", "'pepper' is a secret and not @secure()")]
    [InlineData(Access, "roleIds[role]", "'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'", "a role by its id")]
    [InlineData(Main, "param pepper string?", "param pepper string = 'x'", "secret 'pepper' has a default")]
    [InlineData(Main, "Privacy__PepperVersion: '1'", "Privacy__PepperVersion: pepper", "secret 'pepper' reaches var")]
    [InlineData(Main, "string = group.name", "string = '${pepper}'", "secret 'pepper' reaches output 'AZURE_RESOURCE_GROUP'")]
    [InlineData(Storage, "string = account.name", "string = account.listKeys().keys[0].value", "hands out a key")]
    [InlineData(Storage, "string = account.name", "string = 'AccountName=a;AccountKey=b'", "hands out a key")]
    public void Doors_ThatOpen_AreFound(string file, string right, string wrong, string mistake) =>
        Assert.Contains(MistakesWith(file, right, wrong), found => found.Contains(mistake, StringComparison.Ordinal));

    private static List<string> MistakesWith(
        string file, string right, string wrong, string alsoRight = "", string alsoWrong = "")
    {
        var files = InfraFolder.Bicep.ToDictionary();
        Assert.Contains(right, files[file], StringComparison.Ordinal);
        files[file] = files[file].Replace(right, wrong, StringComparison.Ordinal);
        if (alsoRight.Length > 0) files[file] = files[file].Replace(alsoRight, alsoWrong, StringComparison.Ordinal);
        return Mistakes(files);
    }

    private static List<string> Mistakes(IReadOnlyDictionary<string, string> texts)
    {
        var (files, mistakes) = (new Dictionary<string, BicepFile>(), new List<string>());
        foreach (var (path, text) in texts)
            try
            {
                files[path] = BicepFile.Read(text);
            }
            catch (BicepException unreadable)
            {
                mistakes.Add($"{path}: {unreadable.Message}");
            }

        var used = files.Values.SelectMany(file => file.Of("module")).Select(module => module.Path).ToHashSet();
        mistakes.AddRange(
            files.Keys.Where(path => path != Main && !used.Contains(path)).Select(path => $"{path}: nobody uses it"));
        foreach (var (path, file) in files)
            mistakes.AddRange(
                BicepNames.Mistakes(file).Concat(BicepModules.Mistakes(files, path)).Concat(BicepSafety.Mistakes(file))
                    .Select(mistake => $"{path}: {mistake}"));
        return mistakes;
    }
}

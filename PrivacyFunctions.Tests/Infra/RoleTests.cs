using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>The identity has the roles it needs and no others, under the ids that Azure gives them.</summary>
public partial class RoleTests
{
    private const string Main = "main.bicep";
    private const string Vault = "modules/key-vault.bicep";
    private const string Access = "modules/storage-access.bicep";

    // As Microsoft lists its built-in roles; the same in every tenant.
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Storage Blob Data Contributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    };

    // Scopes: the last digit of the subscription, the group and the resource, with "…" for what makes its name unique.
    private static readonly string[] Needed =
    [
        "2/rg-example/components/appi-privacy-…: Monitoring Metrics Publisher",
        "2/rg-example/storageAccounts/sthost…: Storage Blob Data Owner",
        "2/rg-example/storageAccounts/sthost…: Storage Queue Data Contributor",
        "2/rg-example/storageAccounts/sthost…: Storage Table Data Contributor",
        "2/rg-example/storageAccounts/strecords…: Storage Blob Data Contributor",
        "2/rg-example/storageAccounts/strecords…: Storage Table Data Contributor",
        "2/rg-example/vaults/kv-…: Key Vault Secrets User",
        "2/rg-sales/storageAccounts/stsalesexample: Storage Blob Data Contributor",
        "2/rg-sales/storageAccounts/stsalesexample: Storage Table Data Contributor",
        "3/rg-support/storageAccounts/stsupportexample: Storage Blob Data Contributor",
        "3/rg-support/storageAccounts/stsupportexample: Storage Table Data Contributor",
    ];

    [Fact]
    public void Roles_HaveTheIdsOfTheirNames() => Assert.Empty(WrongIn(InfraFolder.Read("infra/roles.json")));

    [Fact]
    public void Roles_WithAnotherId_AreFound() => Assert.Equal(
        ["Key Vault Secrets User"],
        WrongIn(InfraFolder.Read("infra/roles.json").Replace("4633458b", "00482a5a", StringComparison.Ordinal)));

    [BicepFact]
    public async Task Identity_IsLetIn_WithTheseRolesOnly() =>
        Assert.Equal(Needed, GrantedIn(await Infrastructure.PredictedAsync()));

    [BicepTheory]
    [InlineData(Main, ", 'Storage Queue Data Contributor'", "")]
    [InlineData(Main, "'Storage Blob Data Contributor'", "'Storage Blob Data Owner'")]
    [InlineData(Main, "accountName: recordStorage.outputs.name", "accountName: hostStorage.outputs.name")]
    [InlineData(Main, "source.resourceGroup)", "group.name)")]
    [InlineData(Main, "source.?subscriptionId ?? subscription().subscriptionId", "subscription().subscriptionId")]
    [InlineData(Vault, "  scope: vault\n", "")]
    [InlineData(Vault, "roleIds['Key Vault Secrets User']", "roleIds['Storage Blob Data Owner']")]
    [InlineData(Vault, "principalId: readerPrincipalId", "principalId: tenant().tenantId")]
    [InlineData(Access, "for role in roles:", "for role in skip(roles, 1):")]
    public async Task Identity_LetInOtherwise_IsFound(string file, string right, string wrong) =>
        Assert.NotEqual(Needed, GrantedIn(await Infrastructure.PredictAsync(new Change(file, right, wrong))));

    private static IEnumerable<string> GrantedIn(Prediction prediction) =>
        prediction.Of("Microsoft.Authorization/roleAssignments")
            .Select(grant => Scope(grant, prediction) + ": " + Role(grant["properties"]!))
            .Order(StringComparer.Ordinal);

    private static string Scope(JsonObject grant, Prediction prediction)
    {
        var id = Template.Text(grant["id"]);
        var scope = ResourceScope().Match(id);
        return scope.Success
            ? string.Join('/', scope.Groups.Values.Skip(1)).Replace(prediction.Token, "…", StringComparison.Ordinal)
            : id;
    }

    private static string Role(JsonNode grant)
    {
        var (id, to) = (Template.Text(grant["roleDefinitionId"]).Split('/')[^1], Template.Text(grant["principalId"]));
        var role = BuiltIn.SingleOrDefault(one => one.Value == id).Key ?? id;
        return OurIdentity().IsMatch(to) ? role : $"{role} for {to}";
    }

    private static IEnumerable<string> WrongIn(string json)
    {
        var ours = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
        return BuiltIn.Keys.Union(ours.Keys).Where(name => BuiltIn.GetValueOrDefault(name) != ours.GetValueOrDefault(name));
    }

    [GeneratedRegex(
        @"^\[extensionResourceId\('/subscriptions/[-0]+(\d)/resourceGroups/([-a-z]+)/providers/[.A-Za-z]+/(\w+/[-\w]+)', ")]
    private static partial Regex ResourceScope();

    [GeneratedRegex(@"^\[reference\('[-/.\w]+/userAssignedIdentities/id-privacy-\w+', '[-0-9]+'\)\.principalId\]$")]
    private static partial Regex OurIdentity();
}

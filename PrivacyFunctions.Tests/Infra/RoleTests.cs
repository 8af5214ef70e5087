using System.Text.Json;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>The identity has the roles it needs and no others, under the ids that Azure gives them.</summary>
public class RoleTests
{
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

    [Fact]
    public void Roles_HaveTheIdsOfTheirNames() => Assert.Empty(WrongIn(InfraFolder.Read("infra/roles.json")));

    [Fact]
    public void Roles_WithAnotherId_AreFound() => Assert.Equal(
        ["Key Vault Secrets User"],
        WrongIn(InfraFolder.Read("infra/roles.json").Replace("4633458b", "00482a5a", StringComparison.Ordinal)));

    [Theory]
    [InlineData("hostAccess", "Storage Blob Data Owner, Storage Queue Data Contributor, Storage Table Data Contributor")]
    [InlineData("recordAccess", "Storage Blob Data Contributor, Storage Table Data Contributor")]
    [InlineData("sourceAccess", "Storage Blob Data Contributor, Storage Table Data Contributor")]
    public void Storage_LetsTheAppIn_WithTheseRolesOnly(string module, string roles)
    {
        var access = BicepFile.Read(InfraFolder.Bicep["main.bicep"]).Of("module").Single(one => one.Name == module);

        Assert.Equal(
            roles.Split(", "),
            access.Values("roles").Single().Where(token => token.Kind is TokenKind.Text).Select(token => token.Value));
    }

    [Theory]
    [InlineData("modules/key-vault.bicep", "Key Vault Secrets User")]
    [InlineData("modules/application-insights.bicep", "Monitoring Metrics Publisher")]
    public void VaultAndTelemetry_LetTheAppIn_WithThisRoleOnly(string file, string role)
    {
        var assignment = BicepFile.Read(InfraFolder.Bicep[file]).Of("resource")
            .Single(one => one.Path.StartsWith("Microsoft.Authorization/roleAssignments@", StringComparison.Ordinal));

        Assert.Equal(
            $"subscriptionResourceId(Microsoft.Authorization/roleDefinitions,roleIds[{role}])",
            string.Concat(assignment.Values("roleDefinitionId").Single().Select(token => token.Value)));
    }

    private static IEnumerable<string> WrongIn(string json)
    {
        var ours = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
        return BuiltIn.Keys.Union(ours.Keys).Where(name => BuiltIn.GetValueOrDefault(name) != ours.GetValueOrDefault(name));
    }
}

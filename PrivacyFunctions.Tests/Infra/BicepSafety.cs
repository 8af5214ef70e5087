using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>What this project demands of its Bicep beyond the compiler: secrets stay in the vault, and doors stay shut.</summary>
internal static partial class BicepSafety
{
    // What every resource of a type must say of itself.
    private static readonly (string Type, string Property, string Value)[] Demands =
    [
        ("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "minimumTlsVersion", "TLS1_2"),
        ("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", "true"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess", "None"),
        ("Microsoft.KeyVault/vaults", "enableRbacAuthorization", "true"),
        ("Microsoft.KeyVault/vaults", "enablePurgeProtection", "true"),
        ("Microsoft.OperationalInsights/workspaces", "disableLocalAuth", "true"),
        ("Microsoft.Insights/components", "DisableLocalAuth", "true"),
        ("Microsoft.Insights/components", "DisableIpMasking", "false"),
        ("Microsoft.Web/sites", "httpsOnly", "true"),
        ("Microsoft.Web/sites", "minTlsVersion", "1.2"),
        ("Microsoft.Web/sites", "ftpsState", "Disabled"),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", "false"),
    ];

    public static IEnumerable<string> Mistakes(BicepFile file) =>
        [.. Doors(file), .. Secrets(file), .. SecretsGo(file), .. Pepper(file)];

    private static IEnumerable<string> Doors(BicepFile file) =>
        from resource in file.Of("resource")
        where !resource.Type.Any(token => token.IsWord("existing"))
        from demand in Demands
        where resource.Path.StartsWith($"{demand.Type}@", StringComparison.Ordinal)
        let said = resource.Values(demand.Property).Select(value => value is [var only] ? only.Value : "").ToList()
        where said is not [var one] || one != demand.Value
        select $"resource '{resource.Name}' must say {demand.Property}: {demand.Value}";

    private static IEnumerable<string> Secrets(BicepFile file)
    {
        foreach (var param in file.Of("param"))
        {
            if (SecretName().IsMatch(param.Name) && !param.IsSecure)
                yield return $"param '{param.Name}' is a secret and not @secure()";
            if (param.IsSecure && param.HasDefault) yield return $"secret '{param.Name}' has a default";
        }

        foreach (var token in file.Declarations.SelectMany(one => one.Body))
        {
            if (KeyText().IsMatch(token.Value)) yield return $"line {token.Line}: '{token.Value}' is or hands out a key";
            if (Guid.TryParse(token.Value, out _)) yield return $"line {token.Line}: a role by its id, which nobody can read";
        }
    }

    // A secret may be handed to a module, whose parameter is then looked at, or become a secret of a vault.
    private static IEnumerable<string> SecretsGo(BicepFile file) =>
        from secret in file.Of("param").Where(one => one.IsSecure || SecretName().IsMatch(one.Name))
        from user in file.Declarations
        where user.Kind != "module" && !user.Path.StartsWith("Microsoft.KeyVault/vaults/secrets@", StringComparison.Ordinal)
        where BicepNames.References(user).Any(word => word.Value == secret.Name)
        select $"secret '{secret.Name}' reaches {user.Kind} '{user.Name}'";

    private static IEnumerable<string> Pepper(BicepFile file) =>
        from resource in file.Of("resource")
        where resource.Path.StartsWith("Microsoft.KeyVault/vaults/secrets@", StringComparison.Ordinal)
        where resource.Values("name").Any(name => name is [{ Value: "privacy-pepper" }])
        where !resource.Decorators.Contains("onlyIfNotExists")
        select $"'{resource.Name}' would replace the pepper that records are keyed with";

    [GeneratedRegex("(pepper|apiKey|password|secret)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("^list[A-Z]\\w*$|AccountKey=|SharedAccessKey=|InstrumentationKey=")]
    private static partial Regex KeyText();
}

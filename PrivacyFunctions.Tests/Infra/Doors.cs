using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>
/// What every resource of a type must say of itself, as a plain value: doors stay shut, what the app deletes is gone, and what
/// the vault lost can be had back.
/// </summary>
internal static class Doors
{
    private static readonly (string Type, string Property, string Value)[] Demands =
    [
        ("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "allowBlobPublicAccess", "false"),
        ("Microsoft.Storage/storageAccounts", "allowCrossTenantReplication", "false"),
        ("Microsoft.Storage/storageAccounts", "minimumTlsVersion", "TLS1_2"),
        ("Microsoft.Storage/storageAccounts", "supportsHttpsTrafficOnly", "true"),
        ("Microsoft.Storage/storageAccounts/blobServices", "isVersioningEnabled", "false"),
        ("Microsoft.Storage/storageAccounts/blobServices", "deleteRetentionPolicy/enabled", "false"),
        ("Microsoft.Storage/storageAccounts/blobServices", "containerDeleteRetentionPolicy/enabled", "false"),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "publicAccess", "None"),
        ("Microsoft.KeyVault/vaults", "enableRbacAuthorization", "true"),
        ("Microsoft.KeyVault/vaults", "enableSoftDelete", "true"),
        ("Microsoft.KeyVault/vaults", "softDeleteRetentionInDays", "90"),
        ("Microsoft.KeyVault/vaults", "enablePurgeProtection", "true"),
        ("Microsoft.OperationalInsights/workspaces", "features/disableLocalAuth", "true"),
        ("Microsoft.Insights/components", "DisableLocalAuth", "true"),
        ("Microsoft.Insights/components", "DisableIpMasking", "false"),
        ("Microsoft.Web/sites", "httpsOnly", "true"),
        ("Microsoft.Web/sites", "siteConfig/minTlsVersion", "1.2"),
        ("Microsoft.Web/sites", "siteConfig/ftpsState", "Disabled"),
        ("Microsoft.Web/sites", "functionAppConfig/runtime/name", "dotnet-isolated"),
        ("Microsoft.Web/sites", "functionAppConfig/runtime/version", Runtime()),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "allow", "false"),
    ];

    public static IEnumerable<string> Mistakes(Template main)
    {
        var made = (from template in main.WithNested()
                    from resource in template.Resources
                    where Template.Text(resource.Json["existing"]) != "true"
                    select (In: template.Name, resource.Name, resource.Json)).ToList();

        foreach (var (type, property, value) in Demands)
        {
            var ofType = made.Where(one => Template.Text(one.Json["type"]) == type).ToList();
            if (ofType.Count == 0) yield return $"there is no {type}, which must say {property}: {value}";
            foreach (var one in ofType.Where(one => Find(one.Json["properties"], property) != value))
                yield return $"resource '{one.Name}' of {one.In} must say {property}: {value}";
        }
    }

    private static string Find(JsonNode? node, string path) =>
        Template.Text(path.Split('/').Aggregate(node, (at, step) => (at as JsonObject)?[step]));

    // "10.0" of ".NETCoreApp,Version=v10.0": what the app is built for.
    private static string Runtime() => typeof(Composition).Assembly.GetCustomAttributes(typeof(TargetFrameworkAttribute), false)
        .Cast<TargetFrameworkAttribute>().Single().FrameworkName.Split("=v")[1];
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Infra;

/// <summary>Secrets go from a parameter into the vault and nowhere else, and nothing hands out a key.</summary>
internal static partial class Secrets
{
    public static IEnumerable<string> Mistakes(Template main) =>
        main.WithNested().SelectMany(template =>
            Parameters(template).Concat(Outputs(template)).Concat(Keys(template)).Concat(Ways(template)).Concat(Pepper(template))
                .Select(mistake => $"{template.Name}: {mistake}"));

    private static IEnumerable<string> Parameters(Template template)
    {
        foreach (var (name, parameter) in template.Parameters)
        {
            if (SecretName().IsMatch(name) && !Template.IsSecure(parameter))
                yield return $"'{name}' is a secret and not @secure()";
            if (Template.IsSecure(parameter) && parameter!["defaultValue"] is not null)
                yield return $"secret '{name}' has a default";
        }
    }

    // An output is kept in Azure's list of deployments; nobody here needs one that is a secret.
    private static IEnumerable<string> Outputs(Template template) =>
        from output in template.Outputs
        where Template.IsSecure(output.Value) || SecretName().IsMatch(output.Key)
        select $"output '{output.Key}' is a secret";

    private static IEnumerable<string> Keys(Template template)
    {
        foreach (var (path, text) in template.Texts())
        {
            if (KeyText().IsMatch(text)) yield return $"{path}: '{text}' is or hands out a key";
            // roles.json is a variable of each template that loads it.
            if (AnyGuid().IsMatch(text) && !path.StartsWith("/variables/$fxv", StringComparison.Ordinal))
                yield return $"{path}: a role by its id, which nobody can read";
        }
    }

    // A secret may be handed to a module whose parameter is one too, or become a secret of a vault.
    private static IEnumerable<string> Ways(Template template) =>
        from secret in template.Parameters
        where Template.IsSecure(secret.Value) || SecretName().IsMatch(secret.Key)
        from use in template.Texts()
        where use.Text.Contains($"parameters('{secret.Key}')", StringComparison.Ordinal)
        where !template.Resources.Any(resource => MayHold(resource, use, secret.Key))
        select $"secret '{secret.Key}' reaches {use.Path}";

    private static bool MayHold((string Name, JsonObject Json) resource, (string Path, string Text) use, string secret)
    {
        var at = $"/resources/{resource.Name}/";
        if (Template.Text(resource.Json["type"]) == "Microsoft.KeyVault/vaults/secrets")
            return use.Path == $"{at}condition" || use.Path == $"{at}properties/value";

        return Template.IsDeployment(resource.Json)
            && use.Text == $"[parameters('{secret}')]"
            && new Template(resource.Name, resource.Json["properties"]!["template"]!.AsObject()).Parameters.Any(parameter =>
                Template.IsSecure(parameter.Value) && use.Path == $"{at}properties/parameters/{parameter.Key}/value");
    }

    private static IEnumerable<string> Pepper(Template template) =>
        from resource in template.Resources
        where Template.Text(resource.Json["type"]) == "Microsoft.KeyVault/vaults/secrets"
        where Template.Text(resource.Json["name"]).Contains("'privacy-pepper'", StringComparison.Ordinal)
        where resource.Json["@options"]?["onlyIfNotExists"] is null
        select $"'{resource.Name}' would replace the pepper that records are keyed with";

    [GeneratedRegex("(pepper|apiKey|password|secret)$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\blist[A-Z]\w*\(|AccountKey=|SharedAccessKey=|InstrumentationKey=")]
    private static partial Regex KeyText();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex AnyGuid();
}

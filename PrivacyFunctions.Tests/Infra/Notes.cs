namespace PrivacyFunctions.Tests.Infra;

/// <summary>Who deploys reads what a parameter is for, and no type is left over: the compiler demands neither.</summary>
internal static class Notes
{
    public static IEnumerable<string> Mistakes(Template main) =>
        from template in main.WithNested()
        from mistake in Undescribed(template).Concat(UnusedTypes(template))
        select $"{template.Name}: {mistake}";

    private static IEnumerable<string> Undescribed(Template template) =>
        from parameter in template.Parameters
        where Template.Text(parameter.Value?["metadata"]?["description"]).Length == 0
        select $"param '{parameter.Key}' is not described";

    private static IEnumerable<string> UnusedTypes(Template template) =>
        from type in template.Definitions
        where !template.Texts().Any(text => text.Text == $"#/definitions/{type.Key}")
        select $"type '{type.Key}' is never used";
}

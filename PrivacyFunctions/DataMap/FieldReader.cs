using System.Collections.Immutable;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads the fields of a set, or of an object within a field.</summary>
internal static class FieldReader
{
    public static ImmutableArray<Field> ReadAll(MapNode node)
    {
        var fields = node.Children("fields").Select(Read).ToImmutableArray();
        if (fields.IsEmpty)
            node.Problem("'fields' is missing (what is not mapped is neither told nor erased)");
        foreach (var twice in fields.GroupBy(field => field.Name).Where(group => group.Count() > 1))
            node.Problem($"field '{twice.Key}' is there {twice.Count()} times");
        return fields;
    }

    private static Field Read(MapNode node)
    {
        var parent = node.Where[..node.Where.LastIndexOf(", fields[", StringComparison.Ordinal)];
        var name = node.Text("name");
        node.Rename($"{parent}, field '{name}'");
        if (name.Length > 0 && !MapName.IsProperty(name))
            node.Problem("the name may hold letters, digits and '_' only");

        var field = new Field(
            name,
            node.Text("title"),
            node.Choice<FieldCategory>("category", "Art. 15(1)(b)"),
            node.Choice<FieldSource>("from", "portability needs it: clause R-PORT"),
            node.OptionalText("notExported"),
            node.Flag("ofOthers"),
            node.Flag("file"),
            node.Has("fields") ? ReadAll(node) : [])
        {
            IsOptional = node.Flag("optional"), NotCorrected = node.OptionalText("notCorrected"),
            IsCountry = node.Flag("country"), Values = [.. node.Children("values").Select(ReadValue)],
        };

        if (field is { Category: FieldCategory.Secret, NotExported: null })
            node.Problem("'notExported' is missing (a secret is never exported, and the map says why)");
        if (field is { IsFile: true, OfOthers: true })
            node.Problem("a file of others cannot be redacted: use 'notExported' with the reason");
        if (field is { IsOptional: true, From: not FieldSource.Provided })
            node.Problem("only what somebody provided can be 'optional' (clause R-DECLINE)");
        if (field is { IsCountry: true, Values.IsEmpty: false })
            node.Problem("a 'country' has the countries as its values: leave out 'values'");
        if (field.Values.Select(each => each.Value).Distinct().Count() < field.Values.Length)
            node.Problem("'values' names a value twice");
        node.ReportUnknown();
        return field;
    }

    private static FieldValue ReadValue(MapNode node)
    {
        var value = new FieldValue(node.Text("value"), node.Text("title"));
        node.ReportUnknown();
        return value;
    }

    /// <summary>The name of a field that the node gives a part: one that answers contain, and that is not about somebody else.</summary>
    public static string ExportedField(this MapNode node, string name, ImmutableArray<Field> fields)
    {
        var field = node.Text(name);
        if (field.Length > 0 && !fields.Any(found => found.Name == field && found is { NotExported: null, OfOthers: false }))
            node.Problem($"'{name}' names the field '{field}', which is not among the exported fields");
        return field;
    }
}

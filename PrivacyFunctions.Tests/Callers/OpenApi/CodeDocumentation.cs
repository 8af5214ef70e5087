using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PrivacyFunctions.Tests.Callers.OpenApi;

/// <summary>What the code says of itself, in plain text.</summary>
internal static partial class CodeDocumentation
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "PrivacyFunctions.xml")).Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>Of a function: its own words, or those of its class if it has none.</summary>
    public static string Of(MethodInfo function)
    {
        var name = $"M:{function.DeclaringType!.FullName}.{function.Name}";
        var own = Members.FirstOrDefault(member => member.Key == name || member.Key.StartsWith($"{name}(", StringComparison.Ordinal)).Value;
        return TextOf(own) is { Length: > 0 } words ? words : Of(function.DeclaringType);
    }

    /// <summary>Of a type.</summary>
    public static string Of(Type type) => TextOf(Members.GetValueOrDefault(NameOf("T", type)));

    /// <summary>Of a property, which of a record is a parameter.</summary>
    public static string Of(PropertyInfo property)
    {
        var own = TextOf(Members.GetValueOrDefault($"{NameOf("P", property.DeclaringType!)}.{property.Name}"));
        return own.Length > 0 ? own : PlainOf(Members.GetValueOrDefault(NameOf("T", property.DeclaringType!))?
            .Elements("param").FirstOrDefault(parameter => parameter.Attribute("name")?.Value == property.Name));
    }

    private static string NameOf(string kind, Type type) => $"{kind}:{type.FullName!.Replace('+', '.')}";

    private static string TextOf(XElement? member) =>
        string.Join(' ', new[] { PlainOf(member?.Element("summary")), PlainOf(member?.Element("remarks")) }.Where(words => words.Length > 0));

    private static string PlainOf(XElement? words) => words is null ? "" : Blanks().Replace(string.Concat(words.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } named => JsonName((named.Attribute("cref") ?? named.Attribute("name") ?? named.Attribute("langword"))!.Value),
        XElement inner => inner.Value,
        _ => "",
    };

    private static string JsonName(string name) => name[(name.LastIndexOf('.') + 1)..] is var last ? char.ToLowerInvariant(last[0]) + last[1..] : "";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

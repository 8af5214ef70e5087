using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>What people read on pages stands in the texts of the language, and nothing else stands there.</summary>
public partial class PageTextTests
{
    // Also answers people, without a function of its own.
    private static readonly string[] AnswerPeople =
    [
        "PrivacyFunctions/Faults/NeutralFailures.cs", "PrivacyFunctions/Requests/AskedRequest.cs", "PrivacyFunctions/Requests/Messages/Attachment.cs",
        "PrivacyFunctions/Requests/Packages/DataSetFacts.cs", "PrivacyFunctions/Requests/Rectification/OfferCorrections.cs",
        "PrivacyFunctions/Requests/Residences.cs", "PrivacyFunctions/Requests/Standings.cs", "PrivacyFunctions/Web/BrokenLink.cs",
    ];

    private static readonly string[] Sources =
        [.. RepositoryFiles.Ending(".cs", ".razor").Where(path => path.StartsWith("PrivacyFunctions/", StringComparison.Ordinal))];

    private static readonly string[] Codes = [.. Sources.Select(RepositoryFiles.Read)];

    private static IEnumerable<Type> Pages => typeof(PageText).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PageText)));

    public static TheoryData<string> Components => [.. Sources.Where(path => path.EndsWith(".razor", StringComparison.Ordinal))];

    public static TheoryData<string> PublicFunctions =>
        [.. Sources.Where(path => AnswerPeople.Contains(path) || RepositoryFiles.Read(path).Contains("[ForEverybody]", StringComparison.Ordinal))];

    [Fact]
    public void Pages_HaveTheirWords_AndNoOthersAreThere()
    {
        PageText.Check();
        Assert.Equal(
            RepositoryFiles.Ending(".json").Select(path => PageFile().Match(path)).Where(found => found.Success).Select(found => found.Groups[1].Value),
            Pages.Select(PageText.NameOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Words_OfPages_AreUsed() => Assert.All(
        Pages.SelectMany(page => PropertiesOf(page).Select(property => (page, property.Name))),
        words => Assert.Contains(
            Codes.Where(code => code.Contains(words.page.Name, StringComparison.Ordinal)),
            code => Regex.IsMatch(code, $@"(Says|Package|\(\))\.{words.Name}\b|=> {words.Name}\b")));

    [Fact]
    public void Words_WithoutValues_NameNone() => Assert.All(
        AllWords.Where(words => words.Type == typeof(string) || words.Type == typeof(IReadOnlyList<string>)),
        words => Assert.DoesNotContain("{{", words.Text, StringComparison.Ordinal));

    [Fact]
    public void Phrases_AreWritten_WithTheValuesThatTheyName() => Assert.All(
        AllWords.Where(words => words.Type == typeof(Phrase) || words.Type.IsAssignableTo(typeof(NoticeText))),
        words => Assert.True(
            Written(words.Name).Any(given => given.SetEquals(NamedBy(words.Text))),
            $"{words.Of} names {string.Join(", ", NamedBy(words.Text))}, and is never written with just that."));

    [Theory]
    [MemberData(nameof(Components))]
    public void Components_OfPages_HoldNoWords(string path)
    {
        var markup = RazorCode().Replace(RepositoryFiles.Read(path), "");
        Assert.DoesNotMatch(ProseInAttribute(), markup);
        Assert.All(
            BetweenTags().Matches(markup).Select(found => Expressions().Replace(found.Groups["words"].Value, "")),
            words => Assert.DoesNotMatch("[A-Za-z]{2}", words));
        Assert.All(Literals(RepositoryFiles.Read(path)), words => Assert.DoesNotMatch(Prose(), words));
    }

    [Theory]
    [MemberData(nameof(PublicFunctions))]
    public void Functions_ForEverybody_HoldNoWords(string path) =>
        Assert.All(Literals(RepositoryFiles.Read(path)), words => Assert.DoesNotMatch(Prose(), words));

    private static IEnumerable<PropertyInfo> PropertiesOf(Type page) =>
        page.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);

    private static IEnumerable<(string Of, string Name, Type Type, string Text)> AllWords => Pages.SelectMany(page =>
    {
        using var text = JsonDocument.Parse(RepositoryFiles.Read($"PrivacyFunctions/Texts/en/{PageText.NameOf(page)}.json"));
        return WordsOf(page.Name, page, text.RootElement).ToList();
    });

    private static IEnumerable<(string Of, string Name, Type Type, string Text)> WordsOf(string of, Type type, JsonElement text) =>
        from property in PropertiesOf(type)
        let inner = text.GetProperty(JsonNamingPolicy.CamelCase.ConvertName(property.Name))
        from words in inner.ValueKind == JsonValueKind.Object && !property.PropertyType.IsAssignableTo(typeof(NoticeText))
            ? WordsOf($"{of}.{property.Name}", property.PropertyType, inner)
            : [($"{of}.{property.Name}", property.Name, property.PropertyType, inner.GetRawText())]
        select words;

    private static HashSet<string> NamedBy(string text) => [.. Names().Matches(text).Select(found => found.Groups["name"].Value)];

    // The names of the values in each call that writes or shows what has that name.
    private static IEnumerable<HashSet<string>> Written(string name) =>
        from call in Regex.Matches(string.Join('\n', Codes.Where(code => code.Contains($"{name}.", StringComparison.Ordinal))), $@"\b{name}\)?\.(Write|Show)(?<values>\((?>[^()]+|\((?<open>)|\)(?<-open>))*(?(open)(?!))\))").Cast<Match>()
        select GivenNames().Matches(call.Groups["values"].Value).Select(given => given.Groups[1].Value).ToHashSet();

    private static IEnumerable<string> Literals(string code) =>
        from line in code.Split('\n')
        where !NoWords().IsMatch(line)
        from Match literal in Literal().Matches(line)
        let words = literal.Groups[1].Value
        where words is not ['@', ..] && !words.Contains('=', StringComparison.Ordinal) // an attribute, a header
        select Interpolations().Replace(words, "");

    [GeneratedRegex(@"^PrivacyFunctions/Texts/en/(pages/.+)\.json$")]
    private static partial Regex PageFile();

    [GeneratedRegex(@"(\{\{|\{% if) (?<name>[a-z]\w*)")]
    private static partial Regex Names();

    [GeneratedRegex("\\(\"([a-z]\\w*)\", ")]
    private static partial Regex GivenNames();

    [GeneratedRegex(@"@\*.*?\*@|@code \{.*|\[Parameter.*", RegexOptions.Singleline)]
    private static partial Regex RazorCode();

    [GeneratedRegex("(aria-label|alt|title|Title|placeholder)=\"[^\"@]*[A-Za-z]")]
    private static partial Regex ProseInAttribute();

    [GeneratedRegex(@"<([a-z][^\n]*?|/[a-z0-9]+)>(?<words>[^<>\n]+)(?=<)")]
    private static partial Regex BetweenTags();

    [GeneratedRegex(@"@?\((?>[^()]+|\((?<open>)|\)(?<-open>))*(?(open)(?!))\)|@[\w.!]+(\[\w+\])?")]
    private static partial Regex Expressions();

    [GeneratedRegex(@"^\s*(///|//|@\*|@using)|\b(log\.Log|views\.Add)|Exception\(")]
    private static partial Regex NoWords();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Interpolations();

    [GeneratedRegex("\"((?:[^\"\\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"[A-Za-z]{2,}[,.:;]? [a-zA-Z]{2,}")]
    private static partial Regex Prose();
}

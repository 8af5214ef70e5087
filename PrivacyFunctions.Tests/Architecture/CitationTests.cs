using System.Text.RegularExpressions;
using PrivacyFunctions.Terminations.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Architecture;

/// <summary>What code and tests cite leads to a page of this repository, and what the pages say of tests is true.</summary>
public partial class CitationTests
{
    private const string NotYet = "**Not yet.**";

    private static readonly MarkdownPage Clauses = MarkdownPage.Read("docs/clauses.md");
    private static readonly MarkdownPage LegalClock = MarkdownPage.Read("docs/legal-clock.md");

    private static readonly IReadOnlyList<(string Path, string Text)> Sources =
        [.. RepositoryFiles.Ending(".cs", ".razor", ".bicep", "datamap.json", "datamap.schema.json", ".props", ".csproj")
            .Select(path => (path, RepositoryFiles.Read(path)))];

    private static readonly HashSet<string> Tested =
        [.. Sources.SelectMany(source => ClauseOfATest().Matches(source.Text)).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Clauses_ThatCodeNames_AreInTheRegister() => AreKnown(ClauseId(), Clauses.Ids);

    [Fact]
    public void Rules_ThatCodeNames_AreInTheLegalClock() => AreKnown(RuleId(), LegalClock.Ids);

    [Fact]
    public void Tests_ThatHoldAPromise_NameAClauseOrARule()
    {
        Assert.NotEmpty(Tested);
        Assert.Subset(Clauses.Ids.Concat(LegalClock.Ids).ToHashSet(), Tested);
    }

    [Fact]
    public void Clauses_AreNotYetKept_ExactlyWhenNoTestNamesThem()
    {
        Assert.All(Clauses.Ids, id => Assert.Single(Standing().Matches(Clauses.Section(id))));
        Assert.Equal(
            Clauses.Ids.Where(id => !Tested.Contains(id)), Clauses.Ids.Where(id => Clauses.Section(id).Contains(NotYet)));
    }

    [Fact]
    public void Rules_ThatATestNames_AreInCode() =>
        Assert.All(LegalClock.Ids.Where(Tested.Contains), id => Assert.DoesNotContain(NotYet, LegalClock.Section(id)));

    [Fact]
    public void WorkedTerminations_OfThePage_AreWhatTheCodeComputes()
    {
        var rows = LegalClock.NumberedRows.Where(row => row.Length == 6).ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var days = row.Skip(1).Take(4).Select(cell => DateOnly.Parse(Day().Match(cell).Value)).ToList();
            var plan = TerminationClock.Plan(days[0], undoDays: 14, retrievalDays: 30);
            Assert.Equal([plan.TerminatedOn, plan.UndoOn, plan.PurgeOn, plan.Deadline], days);
        });
    }

    [Fact]
    public void Sections_OfThePolicyThatCodeNames_AreThere()
    {
        var policy = RepositoryFiles.Read("docs/policy.txt");
        var cited = Sources.Append(("docs/clauses.md", RepositoryFiles.Read("docs/clauses.md")))
            .SelectMany(source => Section().Matches(source.Item2)).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.NotEmpty(cited);
        Assert.All(cited, section => Assert.Matches($@"(?m)^{Regex.Escape(section)}(\. | )", policy));
    }

    [Fact]
    public void Articles_ThatCodeNames_AreInTheLaw() =>
        Assert.Subset(
            ArticlesIn(string.Join('\n', RepositoryFiles.Read("docs/law.md").Split('\n').Select(line => line.Split('|')).Where(
                row => row.Length > 2).Select(row => row[1]))),
            ArticlesIn(string.Join('\n', Sources.Select(source => source.Text))));

    [Fact]
    public void Documents_ThatCodeNames_AreThere() =>
        Assert.All(
            Sources.SelectMany(source => Document().Matches(source.Text)).Select(match => match.Value).Distinct(),
            path => Assert.True(File.Exists(Path.Combine(RepositoryFiles.Root, path)), path));

    private static void AreKnown(Regex id, IEnumerable<string> known)
    {
        var ids = known.ToHashSet();
        var lost = Sources.SelectMany(source => id.Matches(source.Text).Select(match => (match.Value, source.Path)))
            .Where(cited => !ids.Contains(cited.Value)).Distinct().ToList();

        Assert.NotEmpty(ids);
        Assert.True(lost.Count == 0, $"No page explains {string.Join(", ", lost)}.");
    }

    private static HashSet<string> ArticlesIn(string text) =>
        [.. Articles().Matches(text).SelectMany(cited => Number().Matches(Brackets().Replace(cited.Groups[1].Value, "")))
            .Select(number => number.Value)];

    [GeneratedRegex(@"\[Clause\(""([^""]+)""\)\]")]
    private static partial Regex ClauseOfATest();

    [GeneratedRegex(@"\b[RMTKSC]-[A-Z]{3,}\b")]
    private static partial Regex ClauseId();

    [GeneratedRegex(@"\bL\d{1,2}\b")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\*\*(Kept|In part|Not yet)\.\*\*")]
    private static partial Regex Standing();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}")]
    private static partial Regex Day();

    [GeneratedRegex(@"§ (\d+(?:\.\d+)?)")]
    private static partial Regex Section();

    [GeneratedRegex(@"\b[Aa]rt\. ((?:\d+(?:\([0-9a-z]+\))*(?:, (?=\d)| and (?=\d))?)+)")]
    private static partial Regex Articles();

    [GeneratedRegex(@"\([0-9a-z]+\)")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"\bdocs/[a-z0-9/-]+\.(?:md|txt|http|svg)\b")]
    private static partial Regex Document();
}

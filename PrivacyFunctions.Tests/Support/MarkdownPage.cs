using System.Text.RegularExpressions;

namespace PrivacyFunctions.Tests.Support;

/// <summary>A page of documentation: its headings with the anchors that GitHub gives them, their sections, and its links.</summary>
internal sealed partial class MarkdownPage
{
    private readonly string[] _lines;
    private readonly Dictionary<string, int> _headings = [];

    private MarkdownPage(string text)
    {
        // What stands in a block of code is no heading and no link.
        _lines = [.. Fences().Replace(text, "").Split('\n')];
        for (var line = 0; line < _lines.Length; line++)
        {
            if (Heading().Match(_lines[line]) is not { Success: true } heading) continue;
            var anchor = AnchorOf(heading.Groups[1].Value);
            for (var repeated = 1; !_headings.TryAdd(anchor, line); repeated++)
                anchor = $"{AnchorOf(heading.Groups[1].Value)}-{repeated}";
        }
    }

    public static MarkdownPage Read(string path) => new(RepositoryFiles.Read(path));

    public bool HasAnchor(string anchor) => _headings.ContainsKey(anchor);

    /// <summary>The headings that are one word, such as <c>T-ACTIVE</c> or <c>L8</c>, of the third level.</summary>
    public IEnumerable<string> Ids => _headings.Values.Order().Select(line => Id().Match(_lines[line]))
        .Where(match => match.Success).Select(match => match.Groups[1].Value);

    /// <summary>What stands below a heading, until the next.</summary>
    public string Section(string heading) =>
        string.Join('\n', _lines.Skip(_headings[AnchorOf(heading)] + 1).TakeWhile(line => !Heading().IsMatch(line)));

    /// <summary>The cells of every row of a table that begins with a number.</summary>
    public IEnumerable<string[]> NumberedRows => _lines.Where(line => Numbered().IsMatch(line))
        .Select(line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries));

    /// <summary>Where its links and pictures lead, except to other sites.</summary>
    public IEnumerable<string> Links => Link().Matches(InlineCode().Replace(string.Join('\n', _lines), "`code`"))
        .Select(link => link.Groups[1].Value).Where(target => !Scheme().IsMatch(target));

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(Link().Replace(heading, "").Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#{1,6} +(.*?)\\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex("^### ([A-Z0-9-]+)\\s*$")]
    private static partial Regex Id();

    [GeneratedRegex("^\\| *[0-9]+ *\\|")]
    private static partial Regex Numbered();

    [GeneratedRegex("(?<=\\])\\(([^)\\s]+)\\)")]
    private static partial Regex Link();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("[^\\p{L}\\p{Nd}_ -]")]
    private static partial Regex NotInAnchors();
}

using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Cases.Operators;

/// <summary>Which cases somebody asks for, and where the list goes on.</summary>
/// <param name="Status">Where they stand; null for any.</param>
/// <param name="Kind">What they are about; null for all.</param>
/// <param name="NeedsAttention">Whether something about them waits for a person; null for either.</param>
/// <param name="DueBefore">Only what is due before that day; null for all.</param>
/// <param name="Assigned">Only what that operator looks after, or with <see cref="Nobody"/> nobody; null for all.</param>
/// <param name="After">The key of <see cref="CaseIndex"/> after which the list goes on; null at its beginning.</param>
internal sealed record CaseFilter(string? Status, CaseKind? Kind, bool? NeedsAttention, DateOnly? DueBefore, string? Assigned, string? After)
{
    /// <summary>Stands for no operator.</summary>
    public const string Nobody = "nobody";

    private const string Closed = "Closed"; // in every kind
    private const int LongestId = 64;

    private static readonly string[] Names = ["status", "attention", "dueBefore", "kind", "assigned", "continue"];

    /// <summary>The list of the index that holds them. Without a status that is what is open, or what needs attention.</summary>
    public string List => NeedsAttention == true ? CaseLists.Attention : Status == Closed ? CaseLists.Closed : CaseLists.Open;

    /// <summary>Reads what stands in an address; without mistakes it is a filter.</summary>
    public static CaseFilter Read(IQueryCollection query, CaseKinds known, List<Mistake> mistakes)
    {
        string[] statuses = [.. known.All.SelectMany(kind => kind.Standings).Distinct().Select(JsonName).Order(StringComparer.Ordinal)];
        string[] kinds = [.. known.All.Select(kind => kind.Kind.Name)];
        foreach (var unknown in query.Keys.Where(name => !Names.Contains(name)))
            mistakes.Add(new(unknown, $"There is no such filter. There are {string.Join(", ", Names)}."));
        foreach (var twice in Names.Where(name => query[name].Count > 1))
            mistakes.Add(new(twice, $"Give '{twice}' once."));

        var filter = new CaseFilter(
            Value("status", OneOf(statuses, text => char.ToUpperInvariant(text[0]) + text[1..]), $"'status' is one of {string.Join(", ", statuses)}."),
            Value("kind", OneOf(kinds, text => (CaseKind?)CaseKind.Of(text)), $"'kind' is one of {string.Join(", ", kinds)}."),
            Value("attention", OneOf(["yes", "no"], text => (bool?)(text == "yes")), "'attention' is yes or no."),
            Value("dueBefore", Day, "Give 'dueBefore' as a date like 2026-03-02."),
            Value("assigned", text => text.Length is > 0 and <= LongestId ? text : null, "'assigned' is an operator's id, or \"nobody\"."),
            After: null);
        return filter with
        {
            After = Value("continue", text => Place(text, filter.List), "'continue' is what the page before gave, with the same filters."),
        };

        TValue? Value<TValue>(string name, Func<string, TValue?> read, string mistake)
        {
            if (query[name] is not [{ } text]) return default;
            var value = read(text);
            if (value is null) mistakes.Add(new(name, mistake));
            return value;
        }
    }

    /// <summary>Whether a case is asked for.</summary>
    public bool Takes(Case found) =>
        (Status is null || found.Standing == Status) && (Kind is null || found.Kind == Kind)
        && (NeedsAttention is null || found.Attention is not null == NeedsAttention)
        && (Assigned is null || (found.AssignedTo ?? Nobody) == Assigned);

    /// <summary>Where the list goes on after an entry, for <c>continue</c>: it names a case's reference and its due date, and nobody.</summary>
    public string GoOnAfter(IndexEntry entry) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{List} {entry.Due.Key}"));

    private static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static Func<string, TValue?> OneOf<TValue>(IReadOnlyCollection<string> names, Func<string, TValue?> read) =>
        text => names.Contains(text) ? read(text) : default;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Place(string text, string list)
    {
        if (!Base64Url.IsValid(text)) return null;
        var place = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        return place is [var of, { Length: 43 } key] && of == list && key[10] == '-' && Day(key[..10]) is not null
            && CaseId.TryParse(key[11..], out var id) && id.Value == key[11..]
                ? key
                : null;
    }
}

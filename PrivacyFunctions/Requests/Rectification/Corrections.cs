using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>Reads what a person sent by the form. Pure; what is wrong with it is told beside each field.</summary>
internal static class Corrections
{
    /// <summary>The field for what the person says in their own words.</summary>
    public const string Statement = "statement";

    /// <summary>How long that may be, in characters.</summary>
    public const int LongestStatement = 2000;

    private static readonly TextLimits StatementLimits = new(0, LongestStatement);

    /// <summary>How many entries can be corrected at once, each place counted: the record of the case holds one line for each.</summary>
    public const int MostEntries = 100;

    /// <summary>What is entered to have a file deleted.</summary>
    public const string Delete = "delete";

    private const string Prefix = "now-";

    /// <summary>The field in which a value is corrected.</summary>
    public static string NameOf(HeldValue value) => $"{Prefix}{value.Id}";

    /// <summary>Whether it is a field of the form, of this case or of another.</summary>
    public static bool IsField(string name) => name == Statement || name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What is to be corrected, each in every place that holds it; or what to correct in the form.</summary>
    public static (IReadOnlyList<CorrectionEntry> Entries, IReadOnlyList<Mistake> Mistakes) Read(Held found, Submission.Fields fields)
    {
        var mistakes = new List<Mistake>();
        var (changed, labels) = (Changed(found, fields), HeldWords.LabelsOf(found));
        foreach (var (value, after) in changed)
            if (MistakeOf(value, labels[value.Id], after, changed) is { } words)
                mistakes.Add(new(NameOf(value), words));

        var known = found.Values.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        if (fields.Values.Keys.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name)))
            mistakes.Add(new(Statement, Says.HasChanged));
        var statement = CardNumbers.Mask(FreeText.Read(fields[Statement])); // nobody needs a card number to correct anything (C-MINIMUM)
        if (StatementLimits.Of(statement) is TextFit.TooLong)
            mistakes.Add(new(Statement, Says.StatementTooLong.Write(("most", LongestStatement))));
        if (mistakes.Count == 0 && changed.Count == 0 && statement.Length == 0)
            mistakes.Add(new(Statement, Says.NothingChanged));

        var entries = new List<CorrectionEntry>();
        foreach (var (value, after) in changed)
            entries.AddRange((after.Length == 0 ? value.Optional : value.Places).Select(place => new CorrectionEntry(0, place.Set.Id.Value, place.Field.Name, value.Title, value.Value, after)
            {
                StaysIn = after.Length == 0 ? string.Join(' ', value.Places.Except(value.Optional).Select(stays => stays.Set.Id.Value)) : "",
            }));
        if (entries.Count > MostEntries)
            mistakes.Add(new(Statement, Says.TooMany.Write(("most", MostEntries))));
        if (statement.Length > 0) entries.Add(new(0, null, null, "In their own words", "", statement));
        return ([.. entries.Select((entry, index) => entry with { Number = index + 1 })], mistakes);
    }

    private static CorrectionText Says => PageText.Of<CorrectionText>();

    private static List<(HeldValue Value, string After)> Changed(Held found, Submission.Fields fields) =>
    [
        .. found.Values.Where(value => fields.Values.ContainsKey(NameOf(value)))
            .Select(value => (Value: value, After: After(value, fields[NameOf(value)]))).Where(change => change.After != change.Value.Value.Trim()),
    ];

    // A file goes only where somebody says so: an empty field leaves it.
    private static string After(HeldValue value, string entered) =>
        !value.IsFile ? entered : entered switch { Delete => "", "" => value.Value.Trim(), _ => entered };

    private static string? MistakeOf(HeldValue value, string label, string after, List<(HeldValue Value, string After)> changed) =>
        after.Length > HeldData.LongestValue ? Says.TooLong.Write(("title", label), ("most", HeldData.LongestValue))
        : value.IsFile && after.Length > 0 ? Says.FileStays.Write(("title", label), ("delete", Delete))
        : after.Any(char.IsControl) ? Says.NotPlain.Write(("title", label))
        : after.Length == 0 && value.Optional.Count == 0 ? Says.Missing.Write(("title", label))
        : after.Length > 0 && HeldWords.ChoicesOf(value) is { } choices && choices.All(choice => choice.Value != after) ? Says.NoneOfThem.Write(("title", label))
        // What is right in one place would be made wrong by the other correction, or the other way round after a crash.
        : changed.Any(other => other.Value.Title == value.Title && other.Value.Value == after)
            ? Says.AlsoCorrected.Write(("title", label), ("after", after))
        : null;
}

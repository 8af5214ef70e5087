using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Records;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>
/// What people can put right themselves, as it stands now. The same thing under the same name is one value, however many data sets hold
/// it: whoever corrects it corrects it everywhere.
/// </summary>
internal sealed class HeldData(DataMapRegister map, PersonalDataSources sources, People people)
{
    /// <summary>How many values a form shows at most.</summary>
    public const int MostValues = 100;

    /// <summary>How long a value may be, in characters; what is longer is no entry of a form.</summary>
    public const int LongestValue = 500;

    private const int IdBytes = 12;

    /// <summary>All that is held of the person and can be corrected.</summary>
    /// <param name="id">The case for which it is looked up: its values have ids of their own.</param>
    /// <param name="who">The person.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Held> ReadAsync(CaseId id, SubjectKeys who, CancellationToken cancellation)
    {
        var (values, lacking) = (new Dictionary<(string Title, string Value), List<HeldPlace>>(), new List<HeldPlace>());
        var notHere = new Dictionary<(string Title, string Why), DataSet>();
        var isCut = false;
        foreach (var (set, fields) in map.Gathered.Select(set => (set, set.Fields.Where(set.IsShownForCorrection).ToList())))
        {
            if (fields.Count == 0) continue;
            await foreach (var record in sources.ExportAsync(set, who, cancellation))
                foreach (var field in fields)
                    if (field is { IsFile: true, NotCorrected: null }) isCut |= record.Files.Any(file => !TryAdd(values, (field.Title, file.Name), new(set, field)));
                    else if (ValueOf(record, field) is not { } value) isCut = true;
                    else if (field.NotCorrected is { } why) notHere.TryAdd((field.Title, why), set);
                    else if (value.Length > 0) isCut |= !TryAdd(values, (field.Title, value), new(set, field));
                    else if (who.Persons.Length == 1 && set.GoesWithLastAccount && !lacking.Contains(new(set, field))) lacking.Add(new(set, field));
        }

        // What nobody ever told us can be added to the account, and not to what somebody once filled in.
        foreach (var place in lacking.Where(place => values.Keys.All(key => key.Title != place.Field.Title)).ToList())
            isCut |= !TryAdd(values, (place.Field.Title, ""), place);
        return new(
            [.. values.Select(value => new HeldValue(IdOf(id, value.Key), value.Key.Title, value.Key.Value, value.Value))],
            [.. notHere.Select(not => new NotCorrectedHere(not.Key.Title, not.Value.Title, not.Key.Why))], isCut, who.Persons.Length > 1);
    }

    private static bool TryAdd(Dictionary<(string Title, string Value), List<HeldPlace>> values, (string Title, string Value) key, HeldPlace place)
    {
        if (!values.TryGetValue(key, out var places))
        {
            if (values.Count == MostValues) return false;
            values.Add(key, places = []);
        }

        if (!places.Contains(place)) places.Add(place);
        return true;
    }

    // Empty where there is none; null for what is no text of one line, which a form could not give back as it was.
    private static string? ValueOf(PersonalRecord record, Field field) =>
        !record.Values.TryGetValue(field.Name, out var value) || value.ValueKind is JsonValueKind.Null ? ""
        : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: <= LongestValue } text && !text.Any(char.IsControl) ? text
        : null;

    // It tells nobody what it stands for, and is another one once the value is.
    private string IdOf(CaseId id, (string Title, string Value) key) =>
        WebEncoders.Base64UrlEncode(people.Derive("held value", $"{id}\n{key.Title}\n{key.Value}")[..IdBytes]);
}

/// <summary>What is held of a person and can be corrected.</summary>
/// <param name="Values">In the order of the map.</param>
/// <param name="NotHere">What they can see here and correct elsewhere.</param>
/// <param name="IsCut">Whether there is more than a form can show.</param>
/// <param name="IsOfSeveral">Whether several persons share the mailbox, and all of theirs is there.</param>
internal sealed record Held(IReadOnlyList<HeldValue> Values, IReadOnlyList<NotCorrectedHere> NotHere, bool IsCut, bool IsOfSeveral)
{
    /// <summary>Where it cannot be read: whoever looks can still say what is wrong.</summary>
    public static Held Unreadable { get; } = new([], [], IsCut: true, IsOfSeveral: false);

    /// <summary>Where it is not looked at.</summary>
    public static Held None { get; } = new([], [], IsCut: false, IsOfSeveral: false);
}

/// <summary>A value, with everywhere that it stands.</summary>
/// <param name="Id">Names it in a form.</param>
/// <param name="Title">What it is, for its person.</param>
/// <param name="Value">As it is stored; empty where nothing is. Of a file, its name.</param>
/// <param name="Places">Where.</param>
internal sealed record HeldValue(string Id, string Title, string Value, IReadOnlyList<HeldPlace> Places)
{
    /// <summary>Where it can be taken out, and everything goes on (R-DECLINE).</summary>
    public IReadOnlyList<HeldPlace> Optional => [.. Places.Where(place => place.Field.IsOptional)];

    /// <summary>Whether it is a file, which can be taken out only.</summary>
    public bool IsFile => Places[0].Field.IsFile;

    /// <summary>Whether it can be taken out wherever it stands.</summary>
    public bool IsOptional => Optional.Count == Places.Count;

    /// <inheritdoc/>
    public override string ToString() => "(held value)";
}

/// <summary>A field of a data set.</summary>
internal readonly record struct HeldPlace(DataSet Set, Field Field);

/// <summary>What is corrected in another way.</summary>
/// <param name="Title">What it is.</param>
/// <param name="In">In which data set.</param>
/// <param name="Why">Why, and how.</param>
internal sealed record NotCorrectedHere(string Title, string In, string Why);

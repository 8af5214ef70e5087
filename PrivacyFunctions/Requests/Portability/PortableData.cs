using System.Collections.Immutable;
using System.Globalization;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;

namespace PrivacyFunctions.Requests.Portability;

/// <summary>
/// What the right to data portability covers (GDPR art. 20(1); R-PORT), by the data map alone: what the person gave us, or we recorded of
/// what they did, where its use rests on their consent or on a contract. All that the map knows lies in databases and files, so all of
/// it is processed by automated means.
/// </summary>
internal static class PortableData
{
    /// <summary>The sets of which anything is covered, with the fields that are, in the map's order.</summary>
    public static IEnumerable<DataSet> Of(DataMapRegister map) => map.Told.Select(Of).Where(set => !set.Fields.IsEmpty);

    /// <summary>The set with the fields that are covered; none where its use has another basis.</summary>
    public static DataSet Of(DataSet set) => set with { Fields = WhyNot(set) is null ? Of(set.Fields) : [] };

    /// <summary>What is covered of a record; null when that is nothing.</summary>
    /// <param name="covered">Its set, with the fields that are covered.</param>
    /// <param name="record">As an answer may contain it.</param>
    /// <param name="number">Names it: its key in the store is none of the fields, so it does not leave.</param>
    public static PersonalRecord? Of(DataSet covered, PersonalRecord record, long number)
    {
        var (values, _) = FieldFilter.Apply(covered.Fields, new(record.Values));
        IReadOnlyList<PersonalFile> files =
            covered.Fields.Any(field => field.IsFile) ? [.. record.Files.Select(file => file with { Name = Within(record, file.Name) })] : [];
        return values.Count + files.Count == 0 ? null : new(number.ToString(CultureInfo.InvariantCulture), values, files, []);
    }

    /// <summary>Why nothing of a set is covered, whatever its fields are; null when something may be.</summary>
    public static NotPortable? WhyNot(DataSet set) =>
        set.Role is not Role.Controller ? NotPortable.OfACustomer
        : set.Basis.Article is not (LawfulBasis.Consent or LawfulBasis.Contract) ? NotPortable.OtherBasis
        : set.Origin.Kind is OriginKind.ThirdParty ? NotPortable.FromSomebodyElse
        : set.NotGathered is not null ? NotPortable.NotCopied
        : null;

    /// <summary>The fields that we worked out ourselves, of all depths.</summary>
    public static IEnumerable<Field> Inferred(ImmutableArray<Field> fields) => fields.SelectMany(field =>
        field.From is FieldSource.Inferred && field.NotExported is null ? [field] : Inferred(field.Fields));

    // A record that is a folder has its key before each of its files.
    private static string Within(PersonalRecord record, string file) =>
        file.StartsWith($"{record.Key}/", StringComparison.Ordinal) ? file[(record.Key.Length + 1)..] : file;

    // Whoever a value is about, or made it up, decides for all that is within it.
    private static ImmutableArray<Field> Of(ImmutableArray<Field> fields) =>
    [
        .. fields
            .Where(field => field is { From: FieldSource.Provided or FieldSource.Observed, OfOthers: false, NotExported: null })
            .Select(field => field with { Fields = Of(field.Fields) })
            .Where(field => !field.Fields.IsEmpty || fields.Single(before => before.Name == field.Name).Fields.IsEmpty),
    ];
}

/// <summary>Why art. 20 does not cover a data set.</summary>
internal enum NotPortable
{
    /// <summary>A customer entrusted it to us.</summary>
    OfACustomer,

    /// <summary>Neither consent nor a contract is why we use it.</summary>
    OtherBasis,

    /// <summary>Somebody else gave it to us.</summary>
    FromSomebodyElse,

    /// <summary>No answer contains it, for a reason that the map gives.</summary>
    NotCopied,
}

namespace PrivacyFunctions.DataMap;

/// <summary>
/// What of the map people can put right or take out themselves (Art. 16 GDPR; clauses R-RECTIFY, R-DECLINE). What somebody else has to look
/// into is the rest.
/// </summary>
internal static class CorrectableFields
{
    /// <summary>
    /// Whether its person can put the field right: they gave it to us, it says who they are and not what they did or wrote, no law wants it
    /// kept as it was, and nothing is found by it.
    /// </summary>
    public static bool MayBeCorrected(this DataSet set, Field field) =>
        set.IsShownForCorrection(field) && field.NotCorrected is null;

    /// <summary>Whether it is such a field, or would be if the map gave no reason against it.</summary>
    public static bool IsShownForCorrection(this DataSet set, Field field) =>
        set is { IsGathered: true, Origin.Kind: OriginKind.Given, Erasure.Action: not ErasureAction.Retain }
        && field is { From: FieldSource.Provided, NotExported: null, OfOthers: false, Fields.IsEmpty: true }
        && (!field.IsFile || field.IsOptional) // a file cannot be corrected here, but can be taken out
        && field.Category is FieldCategory.Identity or FieldCategory.Contact or FieldCategory.Account or FieldCategory.Preference
        && !set.Keys().Contains(field.Name);

    // By these somebody or something is found, or an end is reckoned: another value would lose it.
    private static IEnumerable<string?> Keys(this DataSet set) =>
    [
        (set.Find as Find.Scan)?.Property, (set.OfAccount as Find.Scan)?.Property, set.AnchorField,
        set.Identity?.Person, set.Identity?.Address, set.Identity?.ProvenAt,
        set.Ownership?.Account, set.Ownership?.Owner, set.Ownership?.Since,
        set.Subscription?.Address, set.Subscription?.JoinedAt, set.Subscription?.Proof, set.Subscription?.LeftAt,
    ];
}

namespace PrivacyFunctions.Sources;

/// <summary>A value that is to be another one, wherever it stands in a field of a data set. It is personal data, so its text withholds it.</summary>
/// <param name="Field">The field, by its name in the store.</param>
/// <param name="Before">What stands there; empty where nothing does. Of a file, its name.</param>
/// <param name="After">What is to stand there; empty if it is to be taken out.</param>
internal sealed record FieldCorrection(string Field, string Before, string After)
{
    /// <inheritdoc/>
    public override string ToString() => "(correction)";
}

/// <summary>What came of it.</summary>
/// <param name="Changed">In how many records it was changed just now.</param>
/// <param name="Standing">In how many records the right value stands, a repetition's included.</param>
/// <param name="Others">In how many records something else stands.</param>
internal readonly record struct CorrectedRecords(int Changed, int Standing, int Others)
{
    public static CorrectedRecords None => default;

    /// <summary>
    /// Whether it is made, by now or before. Somebody may have changed it meanwhile: then what was wrong is not there any more, and nothing is
    /// right by us. What was taken out may stand nowhere, not even empty.
    /// </summary>
    public bool IsMade(FieldCorrection wanted) => Standing > 0 || (wanted.After.Length == 0 && Others == 0);

    public static CorrectedRecords operator +(CorrectedRecords one, CorrectedRecords other) =>
        new(one.Changed + other.Changed, one.Standing + other.Standing, one.Others + other.Others);
}

using Azure;

namespace PrivacyFunctions.LegalHolds;

/// <summary>What protects data from erasure and purge; the order is that of precedence.</summary>
internal enum HoldKind
{
    /// <summary>A law or a legal claim needs it (art. 17(3)(b), (e); K-EXTEND).</summary>
    Legal,

    /// <summary>The person wants it kept while something is looked into (art. 18(1)(b), (c)).</summary>
    Restriction,
}

/// <summary>A protection of one person's or one account's data.</summary>
/// <param name="Id">Given by whoever placed it: the same id is the same hold.</param>
/// <param name="Kind">What it rests on.</param>
/// <param name="DataSet">The data set that it covers; null for all.</param>
/// <param name="Ground">Why, in words without personal data.</param>
/// <param name="Owner">Who answers for it: an operator's or a department's id.</param>
/// <param name="ReviewOn">When it is looked at again.</param>
internal sealed record Hold(string Id, HoldKind Kind, string? DataSet, string Ground, string Owner, DateOnly ReviewOn)
{
    /// <summary>Whether it covers that data set.</summary>
    public bool Covers(string dataSet) => DataSet is null || DataSet == dataSet;
}

/// <summary>What came of placing or changing a hold.</summary>
internal enum HoldPlacing
{
    /// <summary>It is in force as it was given.</summary>
    Placed,

    /// <summary>Nothing changed: a hold of that id was released, and its record stays.</summary>
    WasReleased,

    /// <summary>Nothing changed: the hold in force covers something that it would not cover any more.</summary>
    WouldCoverLess,
}

/// <summary>What came of releasing a hold.</summary>
internal enum HoldRelease
{
    /// <summary>No hold of that id was ever placed there.</summary>
    Unknown,

    /// <summary>It is released now.</summary>
    Done,

    /// <summary>It was released before.</summary>
    DoneBefore,
}

/// <summary>A hold whose review is due.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Key">Whose data it protects, keyed.</param>
/// <param name="ETag">The version that was read.</param>
internal sealed record HoldToReview(Hold Hold, string Key, ETag ETag)
{
    /// <inheritdoc/>
    public override string ToString() => $"hold {Hold.Id}"; // a key is personal data
}

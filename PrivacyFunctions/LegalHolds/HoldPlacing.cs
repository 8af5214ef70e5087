using Azure;
using PrivacyFunctions.LegalHolds.Model;

namespace PrivacyFunctions.LegalHolds;

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

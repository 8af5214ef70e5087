using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>The words of the front page.</summary>
internal sealed record CentreText : PageText
{
    public required string Title { get; init; }

    public required string Heading { get; init; }

    public required Phrase Lead { get; init; }

    public required string Offers { get; init; }

    public required string EndAccount { get; init; }

    public required string EndAccountOffer { get; init; }

    public required string HowTitle { get; init; }

    public required IReadOnlyList<string> How { get; init; }

    public required string WithoutProof { get; init; }

    public required string OtherTitle { get; init; }

    public required Phrase Other { get; init; }

    public required string Complaint { get; init; }

    public required string SignalTitle { get; init; }

    public required string StopAdvertising { get; init; }

    public required string DoNotTrackTitle { get; init; }

    public required string DoNotTrack { get; init; }
}

using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Portability.Model;

/// <summary>The state of a request for one's data in files that other programs can read (art. 20; R-PORT).</summary>
public sealed record PortabilityRequest : PackagedRequest
{
    /// <summary>One that was just received.</summary>
    public static PortabilityRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = CaseKind.Portability, ReceivedAt = receivedAt, Due = due, Plan = plan };
}

/// <summary>What portability is among the kinds of cases.</summary>
public static class PortabilityCases
{
    private static readonly CaseKind Kind = CaseKind.Of("portability");

    extension(CaseKind)
    {
        /// <summary>One's data in files that other programs can read (art. 20; R-PORT).</summary>
        public static CaseKind Portability => Kind;
    }
}

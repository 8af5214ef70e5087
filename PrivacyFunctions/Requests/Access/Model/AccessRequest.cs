using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Access.Model;

/// <summary>The state of a request for a copy of one's data and the facts of art. 15(1) and (2) (R-ACCESS).</summary>
public sealed record AccessRequest : PackagedRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeClarified => true;

    /// <summary>One that was just received.</summary>
    public static AccessRequest New(CaseId id, DateTimeOffset receivedAt, DueDate due, CasePlan plan) =>
        new() { Id = id, Kind = CaseKind.Access, ReceivedAt = receivedAt, Due = due, Plan = plan };
}

/// <summary>What access is among the kinds of cases.</summary>
public static class AccessCases
{
    private static readonly CaseKind Kind = CaseKind.Of("access");

    extension(CaseKind)
    {
        /// <summary>A copy of one's data and the facts of art. 15(1) and (2) (R-ACCESS).</summary>
        public static CaseKind Access => Kind;
    }
}

using System.Text.Json.Serialization;
using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Model;

/// <summary>
/// The state of a request whose answer is a package of the person's data, offered for a limited time; each right that is answered so
/// has a type of its own.
/// </summary>
public abstract record PackagedRequest : SubjectRequest
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override CaseOutcome? Done => Status == CaseStatus.Offered ? CaseOutcome.Answered : null;

    /// <inheritdoc/>
    protected override Case Own(CaseFact fact, DateTimeOffset at) =>
        fact is CaseFact.ExportOffered ? this with { Status = CaseStatus.Offered } : base.Own(fact, at);
}

using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests;

/// <summary>
/// What a request's orchestration knows from its start: ids and policy, nothing about the person. Waiting instances keep the
/// shape they were started with, so fields are only added, with <see cref="Version"/> to branch on.
/// </summary>
internal sealed record RequestInput(CaseId CaseId, string Version, DateTimeOffset ReceivedAt, CasePlan Plan)
{
    /// <summary>The version that new cases start with.</summary>
    public const string CurrentVersion = WorkflowVersion.Current;

    public static RequestInput For(Case @case) => @case is SubjectRequest request
        ? new(request.Id, CurrentVersion, request.ReceivedAt, request.Plan)
        : throw new ArgumentException("It is no data-subject request.", nameof(@case));
}

using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Requests;

namespace PrivacyFunctions.Requests.Access;

/// <summary>
/// What an access request's orchestration knows from its start: ids and policy, nothing about the person. Waiting
/// instances keep the shape they were started with, so fields are only added, with <see cref="Version"/> to branch on.
/// </summary>
internal sealed record AccessRequestInput(CaseId CaseId, string Version, DateTimeOffset ReceivedAt, CasePlan Plan)
{
    /// <summary>The version that new cases start with.</summary>
    public const string CurrentVersion = "1";

    public static AccessRequestInput For(Case @case) => new(@case.Id, CurrentVersion, @case.ReceivedAt, @case.Plan);

    public static string InstanceOf(CaseId id) => $"access-{id}";
}

/// <summary>A step of a case.</summary>
internal sealed record CaseStep(CaseId CaseId);

/// <summary>One data set to be searched for a case.</summary>
internal sealed record GatherStep(CaseId CaseId, string DataSet);

/// <summary>The data sets to search.</summary>
internal sealed record DataSetList(IReadOnlyList<string> DataSets);

/// <summary>What one data set held.</summary>
internal sealed record SearchedSet(string DataSet, long Records, int Files);

/// <summary>What the package is to be made from.</summary>
internal sealed record PackageStep(CaseId CaseId, IReadOnlyList<SearchedSet> Sets);

/// <summary>The package as it was stored.</summary>
internal sealed record PackagedExport(CaseId CaseId, PackageContents Contents);

/// <summary>Until when the package is offered; legal time, UTC.</summary>
internal sealed record ExportOffer(DateTimeOffset Until);

/// <summary>A step that stays broken.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Step">The activity, and the part of it where several run side by side.</param>
/// <param name="Breakdown">Which breakdown of the case it is: the idempotency key.</param>
internal sealed record BrokenStep(CaseId CaseId, string Step, int Breakdown);

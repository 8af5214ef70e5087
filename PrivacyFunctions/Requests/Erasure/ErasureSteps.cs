using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>Until when a plan should be approved: the legal instants at which people are told that it still waits.</summary>
internal sealed record ApprovalDeadlines(IReadOnlyList<DateTimeOffset> Escalations);

/// <summary>A plan that still waits.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">The how manieth time people are told, from 0: the idempotency key.</param>
internal sealed record EscalationStep(CaseId CaseId, int Number);

/// <summary>What the second look at an approved plan came to.</summary>
/// <param name="Status">Erasing; or awaiting approval anew, erased or still approved.</param>
/// <param name="Plan">The approved plan's hash; null when none is approved any more.</param>
/// <param name="DataSets">What it destroys, in order.</param>
internal sealed record BegunErasure(CaseStatus Status, string? Plan, IReadOnlyList<string> DataSets);

/// <summary>A data set's part of an approved plan.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Plan">The plan's hash.</param>
/// <param name="DataSet">Which.</param>
/// <param name="Batch">The first batch that is not done.</param>
internal sealed record ErasePartStep(CaseId CaseId, string Plan, string DataSet, int Batch);

/// <summary>How far a data set's part is.</summary>
/// <param name="Next">The next batch; null when it is done.</param>
/// <param name="Waits">Another request of the same person goes first.</param>
internal sealed record ErasedPart(int? Next, bool Waits = false);

using System.Text.Json.Serialization;
using PrivacyFunctions.Requests.Erasure.Model;

namespace PrivacyFunctions.Cases.Model;

/// <content>What happens to an erasure request alone (R-ERASE).</content>
[JsonDerivedType(typeof(IdentifiersCaptured), "identifiers-captured")]
[JsonDerivedType(typeof(PlanMade), "plan-made")]
[JsonDerivedType(typeof(PlanChanged), "plan-changed")]
[JsonDerivedType(typeof(PlanApproved), "plan-approved")]
[JsonDerivedType(typeof(ErasureBegun), "erasure-begun")]
[JsonDerivedType(typeof(DataSetErased), "data-set-erased")]
[JsonDerivedType(typeof(Rescanned), "rescanned")]
[JsonDerivedType(typeof(ErasureEscalated), "erasure-escalated")]
[JsonDerivedType(typeof(ErasureResumed), "erasure-resumed")]
public abstract partial record CaseFact
{
    /// <summary>By what the person's data is found was kept, sealed, before anything is destroyed.</summary>
    /// <param name="Persons">How many persons the company's directory knows under the proven address.</param>
    public sealed record IdentifiersCaptured(int Persons) : CaseFact;

    /// <summary>A plan was made, and waits for an operator if it holds anything.</summary>
    /// <param name="Hash">Of the plan; see <see cref="ErasurePlan.Hash"/>.</param>
    /// <param name="Erase">How many items it erases.</param>
    /// <param name="Anonymise">How many it anonymises.</param>
    /// <param name="Retain">How many it keeps with a ground.</param>
    public sealed record PlanMade(string Hash, long Erase, long Anonymise, long Retain) : CaseFact;

    /// <summary>What was approved is no longer what is there: nothing was destroyed, and this plan waits instead.</summary>
    /// <inheritdoc cref="PlanMade"/>
    public sealed record PlanChanged(string Hash, long Erase, long Anonymise, long Retain) : CaseFact;

    /// <summary>An operator approved exactly this plan.</summary>
    /// <param name="Hash">Of the plan.</param>
    /// <param name="Operator">The operator's opaque id.</param>
    public sealed record PlanApproved(string Hash, string Operator) : CaseFact;

    /// <summary>Looked at again, everything is as it was approved; from now on it is being destroyed.</summary>
    public sealed record ErasureBegun(string Hash) : CaseFact;

    /// <summary>One data set's part of the approved plan is carried out.</summary>
    /// <param name="DataSet">Which.</param>
    /// <param name="Fate">Erased or anonymised.</param>
    /// <param name="Items">How many items were approved.</param>
    public sealed record DataSetErased(string DataSet, ErasureFate Fate, long Items) : CaseFact;

    /// <summary>Every data set was searched again, by the identifiers that were captured before.</summary>
    /// <param name="Hash">Of the plan that the search came to.</param>
    /// <param name="Residue">How many items should be gone and are there; they need a plan and an approval of their own.</param>
    /// <param name="Kept">How many are kept with a ground.</param>
    public sealed record Rescanned(string Hash, long Residue, long Kept) : CaseFact;

    /// <summary>The plan still waits for an operator and the due date is near: people were told.</summary>
    public sealed record ErasureEscalated(DateOnly Due) : CaseFact;

    /// <summary>
    /// A hold had kept something from an earlier erasure of the same person and was released: what the person asked for then is
    /// carried out. Their mailbox was proven then.
    /// </summary>
    /// <param name="Earlier">The earlier case.</param>
    /// <param name="Hold">The hold's id.</param>
    public sealed record ErasureResumed(CaseId Earlier, string Hold) : CaseFact;
}

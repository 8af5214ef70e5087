using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Requests.Erasure.Model;

/// <summary>What happens to an erasure request alone (R-ERASE).</summary>
public abstract record ErasureFact : CaseFact
{
    private ErasureFact()
    {
    }

    /// <summary>By what the person's data is found was kept, sealed, before anything is destroyed.</summary>
    /// <param name="Persons">How many persons the company's directory knows under the proven address.</param>
    [FactName("identifiers-captured")]
    public sealed record IdentifiersCaptured(int Persons) : ErasureFact;

    /// <summary>A plan was made, and waits for an operator if it holds anything.</summary>
    /// <param name="Hash">Of the plan; see <see cref="ErasurePlan.Hash"/>.</param>
    /// <param name="Erase">How many items it erases.</param>
    /// <param name="Anonymise">How many it anonymises.</param>
    /// <param name="Retain">How many it keeps with a ground.</param>
    [FactName("plan-made")]
    public sealed record PlanMade(string Hash, long Erase, long Anonymise, long Retain) : ErasureFact;

    /// <summary>What was approved is no longer what is there: nothing was destroyed, and this plan waits instead.</summary>
    /// <inheritdoc cref="PlanMade"/>
    [FactName("plan-changed")]
    public sealed record PlanChanged(string Hash, long Erase, long Anonymise, long Retain) : ErasureFact;

    /// <summary>A first operator approved exactly this plan, and a second one has to.</summary>
    /// <param name="Hash">Of the plan.</param>
    /// <param name="Operator">The operator's opaque id.</param>
    [FactName("plan-approved-first")]
    public sealed record PlanApprovedFirst(string Hash, string Operator) : ErasureFact;

    /// <summary>An operator does not agree with a plan that a first one had approved: that approval counts no more.</summary>
    /// <param name="Hash">Of the plan.</param>
    /// <param name="Operator">The operator's opaque id.</param>
    [FactName("plan-refused")]
    public sealed record PlanRefused(string Hash, string Operator) : ErasureFact;

    /// <summary>An operator approved exactly this plan; the second one, where two have to.</summary>
    /// <param name="Hash">Of the plan.</param>
    /// <param name="Operator">The operator's opaque id.</param>
    [FactName("plan-approved")]
    public sealed record PlanApproved(string Hash, string Operator) : ErasureFact;

    /// <summary>Looked at again, everything is as it was approved; from now on it is being destroyed.</summary>
    [FactName("erasure-begun")]
    public sealed record ErasureBegun(string Hash) : ErasureFact;

    /// <summary>One data set's part of the approved plan is carried out.</summary>
    /// <param name="DataSet">Which.</param>
    /// <param name="Fate">Erased or anonymised.</param>
    /// <param name="Items">How many items were approved.</param>
    [FactName("data-set-erased")]
    public sealed record DataSetErased(string DataSet, ErasureFate Fate, long Items) : ErasureFact;

    /// <summary>Every data set was searched again, by the identifiers that were captured before.</summary>
    /// <param name="Hash">Of the plan that the search came to.</param>
    /// <param name="Residue">How many items should be gone and are there; they need a plan and an approval of their own.</param>
    /// <param name="Kept">How many are kept with a ground.</param>
    [FactName("rescanned")]
    public sealed record Rescanned(string Hash, long Residue, long Kept) : ErasureFact;

    /// <summary>The plan still waits for an operator and the due date is near: people were told.</summary>
    [FactName("erasure-escalated")]
    public sealed record ErasureEscalated(DateOnly Due) : ErasureFact;

    /// <summary>
    /// A hold had kept something from an earlier erasure of the same person and was released: what the person asked for then is
    /// carried out. Their mailbox was proven then.
    /// </summary>
    /// <param name="Earlier">The earlier case.</param>
    /// <param name="Hold">The hold's id.</param>
    [FactName("erasure-resumed")]
    public sealed record ErasureResumed(CaseId Earlier, string Hold) : ErasureFact;
}

using PrivacyFunctions.Cases;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>The parts of an erasure that may take many turns: the wait for an approval, for other requests, and the batches.</summary>
internal abstract class ErasureStages
{
    /// <summary>The first pause while another request of the person goes first: minutes as a rule.</summary>
    protected static readonly TimeSpan UntilTheOtherIsAnswered = TimeSpan.FromMinutes(15);

    /// <summary>The longest one, should the other be stuck.</summary>
    protected static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>The stages of a request that was started with that version of its input.</summary>
    public static ErasureStages Of(CaseProcedure procedure, RequestInput request) => procedure is BoundedProcedure bounded
        ? new BoundedErasureStages(bounded, request)
        : new FirstErasureStages(procedure, new(request.CaseId));

    /// <summary>Waits until an operator has approved the plan, and tells people that it waits.</summary>
    public abstract Task UntilApprovedAsync();

    /// <summary>Carries out one data set's part of an approved plan.</summary>
    public abstract Task EraseAsync(ErasePartStep part);

    /// <summary>What waits while another request of the person goes first; the pauses of one wait grow.</summary>
    public abstract Func<Task> Turns();
}

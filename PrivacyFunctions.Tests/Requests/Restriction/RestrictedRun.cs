using Microsoft.DurableTask;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.Restriction;

/// <summary>A run of a right that restricts the use of data: how all of them end.</summary>
internal abstract class RestrictedRun<TRequest> : RequestRun<TRequest>
    where TRequest : RestrictedRequest
{
    protected RestrictedRun(
        (EngineRun Run, TestFunctions Functions) engine, NewRequest<TRequest> @new, string orchestrator,
        Func<TaskOrchestrationContext, Task> procedure, string? ground = null)
        : base(engine, @new, orchestrator, procedure, ground)
    {
        Step(nameof(AnnounceLifting), () =>
        {
            var on = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(RestrictionDecisions.NoticeDays + 1);
            return new LiftingDay(Decide(state => CannotBeTold
                ? RestrictionDecisions.WithdrawLifting(state, "not-told")
                : RestrictionDecisions.AnnounceLifting(state, on, new(on, default, TimeSpan.Zero))).LiftAt);
        });
        Step(nameof(LiftRestriction), () => Decide(state => RestrictionDecisions.NoteLifted(state, Now)).LiftedAt is not null);
    }

    /// <summary>Whether no mail reaches the person.</summary>
    public bool CannotBeTold { get; set; }
}

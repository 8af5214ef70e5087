using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.Restriction;

/// <summary>A run of a restriction.</summary>
internal sealed class RestrictionRun : RequestRun<RestrictionRequest>
{
    public const string Version = "restriction-v3";

    private RestrictionRun((EngineRun Run, TestFunctions Functions) engine)
        : base(engine, RestrictionRequest.New, nameof(RunRestriction), RunRestriction.RunAsync, "accuracy")
    {
        Step(nameof(RestrictUse), () =>
        {
            Decide(state => RestrictionDecisions.NoteRestricted(state, Now));
            return (object?)null;
        });
        Step(nameof(TellRestricted), () => (object?)null);
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

    public static async Task<RestrictionRun> StartAsync() => new(await EngineAsync());
}

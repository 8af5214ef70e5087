using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Requests.Use;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.Use;

/// <summary>A run of an objection to a use.</summary>
internal sealed class UseRun : RequestRun<UseRequest>
{
    public const string Version = "use-v3";

    private UseRun((EngineRun Run, TestFunctions Functions) engine)
        : base(engine, UseRequest.New, nameof(RunUseObjection), RunUseObjection.RunAsync)
    {
        Step(nameof(StopUse), () =>
        {
            Decide(state => UseDecisions.NoteStopped(state, ["usage-log", "forum-posts"], Now));
            return (object?)null;
        });
        Step(nameof(TellUseStopped), () => (object?)null);
        Step(nameof(TellUseUpheld), () =>
        {
            Decide(state => UseDecisions.NoteUpheldTold(state, Now));
            return true;
        });
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

    public static async Task<UseRun> StartAsync() => new(await EngineAsync());
}

using PrivacyFunctions.Requests.Use;
using PrivacyFunctions.Requests.Use.Model;
using PrivacyFunctions.Tests.Engine;
using PrivacyFunctions.Tests.Requests.Restriction;

namespace PrivacyFunctions.Tests.Requests.Use;

/// <summary>A run of an objection to a use.</summary>
internal sealed class UseRun : RestrictedRun<UseRequest>
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
    }

    public static async Task<UseRun> StartAsync() => new(await EngineAsync());
}

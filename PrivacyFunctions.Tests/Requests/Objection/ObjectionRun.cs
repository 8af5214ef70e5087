using PrivacyFunctions.Requests.Objection;
using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.Objection;

/// <summary>A run of an objection.</summary>
internal sealed class ObjectionRun : RequestRun<ObjectionRequest>
{
    public const string Version = "objection-v3";

    private ObjectionRun((EngineRun Run, TestFunctions Functions) engine)
        : base(engine, ObjectionRequest.New, nameof(RunObjection), RunObjection.RunAsync)
    {
        Step(nameof(StopMarketing), () =>
        {
            Decide(state => state.NoteStopped(Now));
            return (object?)null;
        });
        Step(nameof(TellMarketingStopped), () => (object?)null);
    }

    public static async Task<ObjectionRun> StartAsync() => new(await EngineAsync());
}

using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Requests.Restriction.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.Restriction;

/// <summary>A run of a restriction.</summary>
internal sealed class RestrictionRun : RestrictedRun<RestrictionRequest>
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
    }

    public static async Task<RestrictionRun> StartAsync() => new(await EngineAsync());
}

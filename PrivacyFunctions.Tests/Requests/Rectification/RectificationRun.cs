using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Rectification;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.Rectification;

/// <summary>A run of a rectification.</summary>
internal sealed class RectificationRun : RequestRun<RectificationRequest>
{
    public const string Version = "rectification-v3";

    private RectificationRun((EngineRun Run, TestFunctions Functions) engine)
        : base(engine, RectificationRequest.New, nameof(RunRectification), RunRectification.RunAsync)
    {
        Step(nameof(OfferCorrections), () => new CorrectionTime(Decide(state => RectificationDecisions.Show(state, Now)).OfferedUntil));
        Step(nameof(CorrectData), () =>
        {
            Decide(state => RectificationDecisions.EndWaiting(state, Now));
            foreach (var wanted in RectificationDecisions.ToBeMade(Case).ToList())
                Decide(state => RectificationDecisions.NoteMade(state, wanted.Number, records: 2));
            return Case.Status;
        });
        Step(nameof(AskForDecision), () => (object?)null);
        Step(nameof(TellCorrected), () => (object?)null);
    }

    public static async Task<RectificationRun> StartAsync() => new(await EngineAsync());

    /// <summary>The person sends corrections.</summary>
    /// <param name="dataSets">Where, one each; null for what they say in their own words.</param>
    public Task SendAsync(params string?[] dataSets)
    {
        var now = Now;
        return DecideAsync(state => RectificationDecisions.Send(
            state, now, "k1", [.. dataSets.Select((set, index) => new SentCorrection(index + 1, set, set is null ? null : "Name", "c1"))]));
    }

    public static Decision Refuse(RectificationRequest state, int number) =>
        RectificationDecisions.Refuse(state, number, CorrectionRefusal.Right, "op-7");
}

using PrivacyFunctions.Requests.Complaint;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.Complaint;

/// <summary>A run of a complaint.</summary>
internal sealed class ComplaintRun : RequestRun<ComplaintRequest>
{
    public const string Version = "complaint-v3";

    private ComplaintRun((EngineRun Run, TestFunctions Functions) engine)
        : base(engine, ComplaintRequest.New, nameof(RunComplaint), RunComplaint.RunAsync)
    {
        Step(nameof(AcknowledgeComplaint), () =>
        {
            Decide(state => ComplaintDecisions.NoteAcknowledged(state, Now));
            return (object?)null;
        });
        Step(nameof(AnnounceComplaint), () => (object?)null);
        Step(nameof(TellFinding), () =>
        {
            Decide(state => ComplaintDecisions.NoteTold(state, Now));
            return (object?)null;
        });
    }

    public static async Task<ComplaintRun> StartAsync() => new(await EngineAsync());
}

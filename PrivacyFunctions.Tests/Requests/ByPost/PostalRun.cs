using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Requests.ByPost;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Tests.Engine;

namespace PrivacyFunctions.Tests.Requests.ByPost;

/// <summary>A run of a request that is answered by post.</summary>
internal sealed class PostalRun : RequestRun<PostalRequest>
{
    public const string Version = "post-v3";

    private PostalRun((EngineRun Run, TestFunctions Functions) engine)
        : base(
            engine, (id, at, due, plan) => PostalRequest.New(id, at, due, plan, CaseKind.Access, mayTakeLonger: true),
            nameof(RunPostalRequest), RunPostalRequest.RunAsync) =>
        Step(nameof(ForgetPostalAddress), () => (object?)null);

    public static async Task<PostalRun> StartAsync() => new(await EngineAsync());
}

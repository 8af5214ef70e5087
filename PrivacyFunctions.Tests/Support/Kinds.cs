using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Requests.Access;
using PrivacyFunctions.Requests.Complaint;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Objection;
using PrivacyFunctions.Requests.Portability;
using PrivacyFunctions.Requests.Restriction;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.Tests.Support;

/// <summary>The app's kinds of cases, for tests that put its parts together by hand.</summary>
internal static class Kinds
{
    private static readonly ServiceProvider Registered =
        new ServiceCollection().AddAccessRequests().AddPortabilityRequests().AddErasureRequests().AddRestrictions().AddObjections()
            .AddComplaints().AddTerminations().BuildServiceProvider();

    public static CaseKinds All { get; } = new(Registered.GetServices<KindOfCase>());

    public static RequestKinds Requests { get; } = new(All);

    public static CaseJson Json { get; } = new(Registered.GetServices<CaseShape>());

    /// <summary>A kind of request by its name, for attributes, which take constants only.</summary>
    public static RequestKind Request(string name) =>
        Requests.TryFind(name, out var kind) ? kind : throw new ArgumentException($"There is no {name}.");

    /// <summary>One kind of that name that a workflow of a test carries.</summary>
    public static CaseKinds CarriedBy(CaseKind kind, string orchestrator, Func<Case, object> input) =>
        new([new KindOfCase(kind, input, []) { State = typeof(Case), Orchestrator = orchestrator }]);
}

using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Complaint.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.Complaint;

/// <summary>Registers complaints to us (R-COMPLAIN, L10).</summary>
internal static class ComplaintKind
{
    private static readonly RequestKind Kind = new(CaseKind.Complaint)
    {
        State = typeof(ComplaintRequest),
        Facts = typeof(ComplaintFact),
        New = ComplaintRequest.New,
        Orchestrator = nameof(RunComplaint),
        AsksForProof = false,
        Text = new TextLimits(10, 4000),
    };

    /// <summary>Registers the kind.</summary>
    public static IServiceCollection AddComplaints(this IServiceCollection services) => services.AddKind(Kind).AddTransient<Reopening>();
}

using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Rectification.Model;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>Registers requests to correct or complete one's data (R-RECTIFY, R-DECLINE).</summary>
internal static class RectificationKind
{
    private static readonly RequestKind Kind = new(CaseKind.Rectification)
    {
        State = typeof(RectificationRequest),
        Facts = typeof(RectificationFact),
        New = RectificationRequest.New,
        Orchestrator = nameof(RunRectification),
    };

    /// <summary>Registers the kind and what carries it.</summary>
    public static IServiceCollection AddRectifications(this IServiceCollection services) => services.AddKind(Kind)
        .AddSingleton<HeldData>().AddSingleton<LateCorrections>().AddSingleton<CorrectionRecords>()
        .AddSingleton<ISealedRecords>(services => services.GetRequiredService<CorrectionRecords>())
        .AddSingleton<IForgottenWithErasure>(services => services.GetRequiredService<CorrectionRecords>()).AddTransient<IOffer, OfferCorrections>();
}

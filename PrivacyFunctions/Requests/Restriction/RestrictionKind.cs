using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>Registers requests to restrict the use of one's data (R-RESTRICT).</summary>
internal static class RestrictionKind
{
    /// <summary>The ground of whoever contests that their data is right (art. 18(1)(a)): they are asked which of it is wrong.</summary>
    public const string Accuracy = "accuracy";

    private static readonly RequestKind Kind = new(CaseKind.Restriction)
    {
        State = typeof(RestrictionRequest),
        Facts = typeof(RestrictionFact),
        New = RestrictionRequest.New,
        Orchestrator = nameof(RunRestriction),
        Grounds = [Accuracy, "unlawful", "claims", "objection"], // art. 18(1)(a) to (d)
    };

    /// <summary>Registers the kind, and what all rights that restrict a use have in common.</summary>
    public static IServiceCollection AddRestrictions(this IServiceCollection services) => services.AddKind(Kind)
        .AddTransient<CaseHolds>().AddTransient<TellTakenBack>().AddTransient<RecipientsOfLifting>().AddSingleton<RestrictingRights>().AddSingleton<IRestrictingRight, RestrictionEnd>();
}

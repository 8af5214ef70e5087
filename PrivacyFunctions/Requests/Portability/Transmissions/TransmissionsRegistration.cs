using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Exports;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Requests.Portability.Transmissions;

/// <summary>Registers the transmission of packages to other controllers.</summary>
internal static class TransmissionsRegistration
{
    public static IServiceCollection AddTransmissions(this IServiceCollection services) => services
        .AddSingleton<TransmissionRows>().AddSingleton<ISealedRecords>(provider => provider.GetRequiredService<TransmissionRows>())
        .AddSingleton<TransmissionLinks>().AddSingleton<IBesideDownload>(provider => provider.GetRequiredService<TransmissionLinks>())
        .AddSingleton<OwedMails>().AddSingleton<PackageSignature>()
        .AddTransient<TransmissionMails>().AddTransient<IAfterPackage>(provider => provider.GetRequiredService<TransmissionMails>());
}

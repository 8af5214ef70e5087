using Microsoft.Extensions.DependencyInjection;

namespace PrivacyFunctions.Sources;

internal static class SourcesRegistration
{
    /// <summary>
    /// Registers the adapters to the company's systems. They read <c>Sources:{system}:Storage</c> and the data map, so
    /// <c>AddDataMap</c> comes with it.
    /// </summary>
    public static IServiceCollection AddSources(this IServiceCollection services) => services
        .AddSingleton<CompanyStorage>()
        .AddSingleton<IPersonalDataSource, TableDataSource>()
        .AddSingleton<IPersonalDataSource, BlobDataSource>()
        .AddSingleton<IDatedSource, TableDates>()
        .AddSingleton<IDatedSource, BlobDates>()
        .AddSingleton<PersonalDataSources>()
        .AddSingleton<SubjectLocator>();
}

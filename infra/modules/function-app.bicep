metadata description = 'The function app: the isolated worker of .NET 10 on Flex Consumption, under one user-assigned identity.'

@description('The name of the app, unique in Azure.')
param name string

@description('The Azure region.')
param location string

@description('Tags of the resource. azd finds the app by its azd-service-name.')
param tags object

@description('The plan that the app runs on.')
param planId string

@description('The identity of the app.')
param identityId string

@description('The client id of that identity.')
param identityClientId string

@description('The storage account of the Functions host: its keys and leases, and the durable task hub.')
param hostStorageName string

@description('The blob container that releases are deployed to, as a URL.')
param deploymentContainerUrl string

@description('Where telemetry goes.')
param telemetryConnectionString string

@description('The app\'s own settings, ":" written "__".')
param appSettings object

@description('How many instances there may be at most; HTTP, Durable and timers scale apart from each other.')
@minValue(40)
@maxValue(1000)
param maximumInstances int

@description('Memory of one instance, MB.')
@allowed([2048, 4096])
param instanceMemoryMB int

@description('Instances that always listen for durable work, so that a timer that ends after months ends in time. 0: none.')
@minValue(0)
@maxValue(20)
param alwaysReadyForDurable int

// Not here, because Flex Consumption refuses or ignores them: FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION (the
// runtime is named below) and WEBSITE_TIME_ZONE (timers are UTC).
var hostSettings = {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  APPLICATIONINSIGHTS_CONNECTION_STRING: telemetryConnectionString
  AZURE_CLIENT_ID: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: hostStorageName
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: planId
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReadyForDurable == 0 ? [] : [
          {
            name: 'durable'
            instanceCount: alwaysReadyForDurable
          }
        ]
      }
    }
    siteConfig: {
      ftpsState: 'Disabled'
      http20Enabled: true
      minTlsVersion: '1.2'
      appSettings: [
        for setting in items(union(appSettings, hostSettings)): {
          name: setting.key
          value: setting.value
        }
      ]
    }
  }
}

// Nobody deploys by user name and password. Two resources, since the compiler checks the type of one whose name it can read.
resource ftpPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
